/** What one run of the retention job removed; numbers of rows or files. */
export interface RetentionReport {
  readonly sessions: number;
  readonly setupTokens: number;
  readonly registrations: number;
  readonly parties: number;
  readonly messages: number;
  readonly callRecords: number;
  readonly events: number;
  readonly backups: number;
  readonly refusedEvents: number;
  /** Message files that could not be removed; their rows stay and are tried again. */
  readonly failedFiles: number;
}

export interface Retention {
  /** Removes what is older than its data class allows (table `data_class`). Run it daily; milliseconds since 1970 UTC. */
  enforce(now: number): Promise<RetentionReport>;
  /**
   * Forgets number and name of an outside party and removes the messages they left. Every figure stays as it was.
   * False when the tenant has no such party or it is erased already.
   */
  eraseParty(tenantId: string, partyId: string): Promise<boolean>;
}
