import { newId, type Clock, type RandomSource, type Timer, type Timers } from '@amtsleitung/base';
import type { Session, SessionStore } from '@amtsleitung/domain';
import { hashToken, newSessionToken } from './token.ts';

/** From sign-in, whatever happens. */
export const sessionMilliseconds = 12 * 3_600_000;
/** Without a request and without a live screen. */
const idleMilliseconds = 4 * 3_600_000;
const mostKept = 10_000;
const retryMilliseconds = 5_000;
const sweepMilliseconds = 60_000;

interface Kept {
  readonly session: Session;
  usedAt: number;
}

export interface SessionKeeperPorts {
  readonly store: SessionStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  /** Called once per session that ends here: its phone and its live screens end with it. */
  readonly onEnd: (session: Session) => void;
}

/**
 * The house's sessions. Known ones are kept in memory (10,000, least recently used first out), so that a person in a
 * call can act on it while the database is away. What has ended here stays ended, even while the store cannot be told.
 */
export class SessionKeeper {
  readonly #ports: SessionKeeperPorts;
  readonly #kept = new Map<string, Kept>();
  /** Ended tokens and people, until their sessions would have run out anyway. */
  readonly #endedTokens = new Map<string, number>();
  readonly #endedPeople = new Map<string, { readonly at: number; readonly except?: string }>();
  readonly #undone: (() => Promise<void>)[] = [];
  #retrying = false;
  #sweepTimer: Timer | undefined;

  constructor(ports: SessionKeeperPorts) {
    this.#ports = ports;
  }

  /** Looks every minute for sessions that have run out, so that their phones do not ring on. */
  start(): void {
    this.#sweepTimer = this.#ports.timers.after(sweepMilliseconds, () => {
      for (const kept of [...this.#kept.values()]) if (this.#hasRunOut(kept)) this.end(kept.session);
      this.start();
    });
  }

  close(): void {
    this.#sweepTimer?.cancel();
  }

  /** A new session; the token is for the cookie and nowhere else. Throws when the store is away. */
  async open(tenantId: string, personId: string): Promise<{ readonly token: string; readonly session: Session }> {
    const { clock, random } = this.#ports;
    return this.#insert({ id: newId(clock, random), tenantId, personId });
  }

  /** The session of a token, from memory or the store; using it keeps it from idling out. */
  async find(token: string): Promise<Session | undefined> {
    const tokenHash = hashToken(token);
    const kept = this.#kept.get(tokenHash);
    if (kept) return this.#use(kept) ? kept.session : undefined;
    if (this.#endedTokens.has(tokenHash)) return undefined;
    const session = await this.#ports.store.findByTokenHash(tokenHash);
    if (!session || !this.#isAlive(session)) return undefined;
    this.#keep(session);
    return session;
  }

  /** Whether a session found earlier still holds; a live screen asks this and thereby keeps it alive. */
  stillHolds(session: Session): boolean {
    const kept = this.#kept.get(session.tokenHash);
    if (kept) return this.#use(kept);
    if (!this.#isAlive(session)) return false;
    this.#keep(session);
    return true;
  }

  end(session: Session): void {
    const { store, onEnd } = this.#ports;
    this.#kept.delete(session.tokenHash);
    remember(this.#endedTokens, session.tokenHash, session.expiresAt);
    onEnd(session);
    this.#do(() => store.delete(session.id));
  }

  /** Ends every session of a person, on all their screens. */
  async endAllOf(personId: string): Promise<void> {
    this.#endKept(personId);
    remember(this.#endedPeople, personId, { at: this.#ports.clock.now() });
    this.#do(() => this.#ports.store.deleteOfPerson(personId));
  }

  /** After a change of password: a new token for this screen, every other session of the person ends. */
  async renew(session: Session): Promise<{ readonly token: string; readonly session: Session }> {
    await this.#ports.store.deleteOfPerson(session.personId);
    this.#endKept(session.personId, session);
    this.#kept.delete(session.tokenHash);
    remember(this.#endedTokens, session.tokenHash, session.expiresAt);
    const renewed = await this.#insert(session);
    remember(this.#endedPeople, session.personId, {
      at: renewed.session.createdAt,
      except: renewed.session.tokenHash,
    });
    return renewed;
  }

  async #insert(of: { readonly id: string; readonly tenantId: string; readonly personId: string }) {
    const { clock, random, store } = this.#ports;
    const token = newSessionToken(random);
    // Strictly after what has ended, so that a sign-in within the same millisecond is not taken for an old session.
    const createdAt = Math.max(clock.now(), (this.#endedPeople.get(of.personId)?.at ?? 0) + 1);
    const session: Session = {
      id: of.id,
      tenantId: of.tenantId,
      personId: of.personId,
      tokenHash: hashToken(token),
      createdAt,
      expiresAt: createdAt + sessionMilliseconds,
    };
    await store.insert(session);
    this.#keep(session);
    return { token, session };
  }

  #use(kept: Kept): boolean {
    if (this.#hasRunOut(kept)) {
      this.end(kept.session);
      return false;
    }
    kept.usedAt = this.#ports.clock.now();
    remember(this.#kept, kept.session.tokenHash, kept);
    return true;
  }

  #hasRunOut({ session, usedAt }: Kept): boolean {
    return !this.#isAlive(session) || this.#ports.clock.now() - usedAt > idleMilliseconds;
  }

  #keep(session: Session): void {
    remember(this.#kept, session.tokenHash, { session, usedAt: this.#ports.clock.now() });
  }

  #isAlive(session: Session): boolean {
    if (session.expiresAt <= this.#ports.clock.now() || this.#endedTokens.has(session.tokenHash)) return false;
    const ended = this.#endedPeople.get(session.personId);
    return !ended || session.createdAt > ended.at || session.tokenHash === ended.except;
  }

  #endKept(personId: string, except?: Session): void {
    for (const { session } of [...this.#kept.values()]) {
      if (session.personId !== personId || session.id === except?.id) continue;
      this.#kept.delete(session.tokenHash);
      this.#ports.onEnd(session);
    }
  }

  /** Tells the store now, or later when it is away; above 1,000 waiting, the oldest is left to its expiry. */
  #do(task: () => Promise<void>): void {
    task().catch(() => {
      this.#undone.push(task);
      if (this.#undone.length > 1_000) this.#undone.shift();
      this.#retryLater();
    });
  }

  #retryLater(): void {
    if (this.#retrying) return;
    this.#retrying = true;
    this.#ports.timers.after(retryMilliseconds, () => {
      this.#retrying = false;
      for (const task of this.#undone.splice(0)) this.#do(task);
    });
  }
}

/** Newest last; forgets the oldest above the limit. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > mostKept) map.delete(map.keys().next().value!);
}
