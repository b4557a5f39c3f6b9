import type { Logger, Timers } from '@amtsleitung/base';
import type { AgentLoginStore } from './agent-login-store.ts';
import type { AgentLogin } from './hotline.ts';

const retryMilliseconds = 1_000;

/**
 * Writes logins and pauses behind the scenes, newest value per key only, so it holds at most one entry a login.
 * While the store is away it keeps trying; calls never notice.
 */
export class LoginWriter {
  readonly #store: AgentLoginStore;
  readonly #timers: Timers;
  readonly #logger: Logger;
  readonly #pending = new Map<string, () => Promise<void>>();
  #writing: Promise<void> | undefined;

  constructor(store: AgentLoginStore, timers: Timers, logger: Logger) {
    this.#store = store;
    this.#timers = timers;
    this.#logger = logger;
  }

  login(login: AgentLogin): void {
    this.#put(`login ${login.personId} ${login.hotlineId}`, () => this.#store.setLogin(login));
  }

  pause(tenantId: string, personId: string, paused: boolean): void {
    this.#put(`pause ${personId}`, () => this.#store.setPaused(tenantId, personId, paused));
  }

  /** Settles when everything handed in so far is stored; used on a clean stop. */
  async flushed(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  #put(key: string, write: () => Promise<void>): void {
    this.#pending.set(key, write);
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#next(); next; next = this.#next()) {
      const [key, write] = next;
      try {
        await write();
        if (this.#pending.get(key) === write) this.#pending.delete(key);
      } catch (error) {
        this.#logger.info('agent login not stored yet', { error: String(error) });
        await new Promise<void>((resolve) => this.#timers.after(retryMilliseconds, resolve));
      }
    }
  }

  #next(): readonly [string, () => Promise<void>] | undefined {
    return this.#pending.entries().next().value;
  }
}
