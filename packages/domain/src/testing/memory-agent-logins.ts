import type { AgentLoginStore } from '../hotline/agent-login-store.ts';
import type { AgentLogin } from '../hotline/hotline.ts';

/** Agent logins in memory; `isAway` makes every write fail, as a stopped database does. */
export class MemoryAgentLogins implements AgentLoginStore {
  isAway = false;
  readonly #logins = new Map<string, AgentLogin>();
  readonly #paused = new Set<string>();

  loadAll(): Promise<{ logins: readonly AgentLogin[]; paused: readonly string[] }> {
    return Promise.resolve({ logins: [...this.#logins.values()], paused: [...this.#paused] });
  }

  async setLogin(login: AgentLogin): Promise<void> {
    if (this.isAway) throw new Error('no database');
    this.#logins.set(`${login.personId} ${login.hotlineId}`, login);
  }

  async setPaused(_tenantId: string, personId: string, paused: boolean): Promise<void> {
    if (this.isAway) throw new Error('no database');
    if (paused) this.#paused.add(personId);
    else this.#paused.delete(personId);
  }
}
