import type { AgentLogin } from './hotline.ts';

/** Port: agents stay logged in over restarts. Reads happen at start only. */
export interface AgentLoginStore {
  loadAll(): Promise<{ readonly logins: readonly AgentLogin[]; readonly paused: readonly string[] }>;
  setLogin(login: AgentLogin): Promise<void>;
  setPaused(tenantId: string, personId: string, paused: boolean): Promise<void>;
}
