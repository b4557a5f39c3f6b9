export * from './backup/backup.ts';
export * from './backup/restore.ts';
export * from './database/database.ts';
export * from './open-store.ts';
export type { Retention, RetentionReport } from './retention/retention.ts';
export type { EventSpool } from './spool/event-spool.ts';
export type { SpoolStatus } from './spool/spool-status.ts';
export * from './store.ts';
export * from './store-error.ts';
