/** How the way of the events to the database is doing. */
export interface SpoolStatus {
  /** Published, not yet safe on disk. More than a handful means the disk does not take them. */
  readonly unacknowledged: number;
  /** Safe on disk, not yet in the database, in bytes. */
  readonly backlogBytes: number;
  /** Why events are not acknowledged right now, e.g. `ENOSPC`; undefined: they are. */
  readonly diskFailure?: string;
  /** Why events are not stored right now; undefined: they are. */
  readonly databaseFailure?: string;
  /** Since start: refused because memory was full while the disk took nothing. Must stay 0. */
  readonly lost: number;
  /** Since start: lines that could not be read back. */
  readonly damaged: number;
  /** Since start: set aside in the folder `refused` because the database rejects them for good. */
  readonly refused: number;
}
