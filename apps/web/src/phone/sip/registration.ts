import { phoneRoutes, type PhoneCredential } from '@amtsleitung/contract';
import { UA, WebSocketInterface } from 'jssip';
import type { IncomingRTCSessionEvent, RTCSessionEvent } from 'jssip/lib/UA';
import { callRoute } from '../../shared/api/api-client.ts';
import { asProblem } from '../../shared/api/api-problem.ts';
import type { Registration } from '../../shared/phone/browser-phone.ts';

export interface RegistrationEvents {
  changed(registration: Registration): void;
  invited(event: IncomingRTCSessionEvent): void;
  /** A new credential may need a new user agent, which would end calls in hand. */
  isIdle(): boolean;
}

/** The registration is renewed well before; a browser that vanished is forgotten after this time. */
const expiresSeconds = 120;
const shortestPause = 2_000;
const longestPause = 30_000;
const renewBefore = 5 * 60_000;
/** `setTimeout` counts in 32 bits. */
const longestTimer = 2 ** 31 - 1;

const socketAddress = (path: string): string =>
  `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}${path}`;

function createAgent(credential: PhoneCredential): UA {
  return new UA({
    sockets: [new WebSocketInterface(socketAddress(credential.webSocketPath))],
    uri: credential.sipUri,
    authorization_user: credential.username,
    password: credential.password,
    realm: credential.realm,
    display_name: credential.displayName,
    register_expires: expiresSeconds,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 15,
    session_timers: false,
    user_agent: 'Amtsleitung',
  });
}

/**
 * Keeps this tab reachable: fetches a credential, registers, comes back after every loss, and fetches a new
 * credential when the old one is refused. The credential lives in memory only.
 */
export class PhoneRegistration {
  readonly #events: RegistrationEvents;
  #agent: UA | undefined;
  #credential: PhoneCredential | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #closed = false;

  constructor(events: RegistrationEvents) {
    this.#events = events;
  }

  async start(): Promise<void> {
    try {
      const credential = await callRoute(phoneRoutes.credential, {});
      if (this.#closed) return;
      this.#take(credential);
    } catch (error) {
      if (this.#closed) return;
      this.#events.changed('lost');
      // Signed out: the screen goes back to the entrance, nothing is left to register.
      if (asProblem(error).status !== 401) this.#later(() => void this.start());
    }
  }

  /** Tells the house that this tab is gone; resolves when it has answered, at most after a second. */
  close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#renewal);
    const agent = this.#agent;
    this.#credential = undefined;
    if (agent === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, 1000);
      const done = (): void => {
        clearTimeout(limit);
        resolve();
      };
      if (!agent.isRegistered()) done();
      agent.on('unregistered', done);
      agent.stop();
    });
  }

  #take(credential: PhoneCredential): void {
    const same = this.#agent !== undefined && this.#credential?.sipUri === credential.sipUri;
    this.#credential = credential;
    clearTimeout(this.#renewal);
    const due = Math.min(longestTimer, Math.max(60_000, credential.expiresAt - Date.now() - renewBefore));
    this.#renewal = setTimeout(() => void this.start(), due);
    if (same && this.#agent !== undefined) {
      this.#agent.set('authorization_user', credential.username);
      this.#agent.set('password', credential.password);
      this.#agent.set('realm', credential.realm);
      this.#agent.register();
      return;
    }
    if (this.#agent !== undefined && !this.#events.isIdle()) {
      this.#later(() => this.#take(credential));
      return;
    }
    this.#agent?.stop();
    this.#agent = this.#listen(createAgent(credential));
    this.#agent.start();
  }

  #listen(agent: UA): UA {
    const current = (): boolean => agent === this.#agent && !this.#closed;
    agent.on('registered', () => {
      this.#failures = 0;
      if (current()) this.#events.changed('registered');
    });
    agent.on('disconnected', () => {
      if (current()) this.#events.changed('lost');
    });
    agent.on('registrationFailed', ({ response }) => {
      if (!current()) return;
      const status = (response as { status_code?: number } | null)?.status_code;
      const refused = status === 401 || status === 403 || status === 404 || status === 407;
      this.#events.changed(refused ? 'refused' : 'lost');
      // Without a connection the user agent itself registers again as soon as it is back.
      if (refused) this.#later(() => void this.start());
      else if (agent.isConnected()) this.#later(() => agent.register());
    });
    agent.on('newRTCSession', (event: RTCSessionEvent) => {
      if ((event.originator as string) === 'remote') this.#events.invited(event as IncomingRTCSessionEvent);
    });
    return agent;
  }

  #later(run: () => void): void {
    clearTimeout(this.#retry);
    const pause =
      Math.min(longestPause, shortestPause * 2 ** Math.min(this.#failures, 5)) * (0.7 + 0.3 * Math.random());
    this.#failures += 1;
    this.#retry = setTimeout(() => {
      if (!this.#closed) run();
    }, pause);
  }
}
