import { newToken } from '@amtsleitung/base';
import type { Clock, RandomSource } from '@amtsleitung/base';
import type { BrowserCredential, BrowserCredentialIssuer, DirectorySource } from '@amtsleitung/domain';
import type { Account } from './account.ts';
import { deviceSecretHasher } from './device-secret.ts';

const lifetimeMilliseconds = 12 * 3_600_000;
/** Sessions with a phone at once; beyond, the oldest credential goes. */
const mostSessions = 10_000;

interface Issued {
  readonly account: Account;
  readonly expiresAt: number;
}

/** SIP credentials of browser sessions: HA1 only, in memory only. */
export class BrowserCredentials implements BrowserCredentialIssuer {
  readonly #bySession = new Map<string, Issued>();
  readonly #byUsername = new Map<string, Issued>();
  readonly #clock: Clock;
  readonly #random: RandomSource;
  readonly #directory: DirectorySource;
  readonly #onRemoved: (account: Account, reason: 'replaced' | 'revoked') => void;

  /** `onRemoved` hears of every credential that stops working before its time. */
  constructor(
    ports: { readonly clock: Clock; readonly random: RandomSource; readonly directory: DirectorySource },
    onRemoved: (account: Account, reason: 'replaced' | 'revoked') => void,
  ) {
    this.#clock = ports.clock;
    this.#random = ports.random;
    this.#directory = ports.directory;
    this.#onRemoved = onRemoved;
  }

  /** Throws for a tenant that does not exist: the caller has just checked the session. */
  issue(session: { sessionId: string; tenantId: string; personId: string }): BrowserCredential {
    const directory = this.#directory.byTenant(session.tenantId);
    if (!directory) throw new Error('No such tenant.');
    this.#remove(session.sessionId, 'replaced');
    if (this.#bySession.size >= mostSessions) this.#remove(this.#bySession.keys().next().value!, 'revoked');
    const username = `web-${newToken(this.#random, 20)}`;
    const password = newToken(this.#random, 32);
    const realm = directory.tenant.sipDomain;
    const expiresAt = this.#clock.now() + lifetimeMilliseconds;
    const account: Account = {
      kind: 'browser',
      deviceId: username,
      tenantId: session.tenantId,
      personId: session.personId,
      username,
      realm,
      largeOverTcp: false,
      srtp: false,
      ha1: deviceSecretHasher.hash(username, realm, password),
    };
    const issued = { account, expiresAt };
    this.#bySession.set(session.sessionId, issued);
    this.#byUsername.set(username, issued);
    return { username, password, realm, expiresAt };
  }

  revokeSession(sessionId: string): void {
    this.#remove(sessionId, 'revoked');
  }

  find(username: string): Account | undefined {
    const issued = this.#byUsername.get(username);
    return issued && issued.expiresAt > this.#clock.now() ? issued.account : undefined;
  }

  #remove(sessionId: string, reason: 'replaced' | 'revoked'): void {
    const issued = this.#bySession.get(sessionId);
    if (!issued) return;
    this.#bySession.delete(sessionId);
    this.#byUsername.delete(issued.account.username);
    this.#onRemoved(issued.account, reason);
  }
}
