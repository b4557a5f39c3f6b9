/** A signed-in browser. The token itself is never stored, only its SHA-256. */
export interface Session {
  readonly id: string;
  readonly tokenHash: string;
  readonly tenantId: string;
  readonly personId: string;
  readonly createdAt: number;
  /** Wall time in milliseconds after which the session is void. */
  readonly expiresAt: number;
}

/** Port. */
export interface SessionStore {
  insert(session: Session): Promise<void>;
  findByTokenHash(tokenHash: string): Promise<Session | undefined>;
  delete(sessionId: string): Promise<void>;
  deleteOfPerson(personId: string): Promise<void>;
}

/** Port: password hashes (argon2id, PHC string), apart from everything that is listed. */
export interface PasswordStore {
  find(tenantId: string, login: string): Promise<{ personId: string; passwordHash: string } | undefined>;
  set(personId: string, passwordHash: string): Promise<void>;
  /** One-time set-up token of an empty house; `take` succeeds once. */
  putSetupToken(tokenHash: string, expiresAt: number): Promise<void>;
  takeSetupToken(tokenHash: string, now: number): Promise<boolean>;
}
