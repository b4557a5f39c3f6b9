import { join } from 'node:path';
import { silentLogger, systemClock, systemRandom, systemTimers } from '@amtsleitung/base';
import { SqlFiguresStore } from './analytics/figures-store.ts';
import { backupBeforeMigration } from './backup/backup-before-migration.ts';
import { SqlCallRecordStore } from './calls/call-record-store.ts';
import { closeInterruptedCalls } from './calls/interrupted-calls.ts';
import { SqlRegistrationStore } from './calls/registration-store.ts';
import { rebuildCallRecords } from './calls/write-call-records.ts';
import { openDatabase, type Database } from './database/database.ts';
import { SqlDirectoryStore } from './directory/directory-store.ts';
import { SqlAlertHistory } from './events/alert-history.ts';
import { SqlEventStore } from './events/event-store.ts';
import { SqlSpendHistory } from './events/spend-history.ts';
import { SqlAgentLoginStore } from './hotline/agent-login-store.ts';
import { SqlPasswordStore } from './identity/password-store.ts';
import { SqlSessionStore } from './identity/session-store.ts';
import { migrate } from './migrations/migrate.ts';
import { Retention } from './retention/retention.ts';
import { openSecretBox } from './secrets/secret-box.ts';
import { sealClearPasswords } from './secrets/seal-passwords.ts';
import { EventSpool } from './spool/event-spool.ts';
import { openSpoolFolder } from './spool/spool-files.ts';
import type { Store, StoreOptions } from './store.ts';
import { SqlTraceStore } from './tracing/trace-store.ts';
import { removeMessageFile } from './voicemail/message-files.ts';
import { SqlMessageStore } from './voicemail/message-store.ts';

/**
 * Opens everything durable of a house: starts or adopts the database, brings its schema to this version (after an
 * automatic backup), and begins to store what the spool of an earlier process still holds. Throws `StoreError`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dataFolder, databaseUrl: url, logger, serverSettings } = options;
  const database = await openDatabase({ dataFolder, url, logger, serverSettings });
  try {
    await migrate(database, { beforeChange: (from) => backupBeforeMigration(database, from) });
    return await assemble(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function assemble(database: Database, options: StoreOptions): Promise<Store> {
  const { clock = systemClock, random = systemRandom, timers = systemTimers, logger = silentLogger } = options;
  const db = database.query;
  const secrets = await openSecretBox(database.dataFolder);
  await sealClearPasswords(db, secrets);
  const events = new SqlEventStore(db);
  const files = await openSpoolFolder(join(database.dataFolder, 'spool'));
  const spool = await EventSpool.open({ files, store: events, clock, timers, logger });
  const removeFile = options.removeFile ?? ((file: string) => removeMessageFile(database.dataFolder, file));
  return {
    database,
    directory: new SqlDirectoryStore(db, secrets),
    sessions: new SqlSessionStore(db),
    passwords: new SqlPasswordStore(db),
    agentLogins: new SqlAgentLoginStore(db),
    registrations: new SqlRegistrationStore(db),
    events,
    alerts: new SqlAlertHistory(db),
    spendHistory: new SqlSpendHistory(db),
    traces: new SqlTraceStore(db),
    calls: new SqlCallRecordStore(db),
    messages: new SqlMessageStore(db),
    figures: new SqlFiguresStore(db),
    retention: new Retention({ database, spool, clock, random, logger, removeFile }),
    spool,
    async closeInterruptedCalls(now) {
      // The end of a call may still be on its way.
      await spool.drained();
      return closeInterruptedCalls(db, now, { clock, random });
    },
    rebuildCallRecords: () => rebuildCallRecords(db),
    async close() {
      // With disk and database gone nothing else may keep the process alive, and closing takes its time then.
      const alive = setInterval(() => undefined, 1_000);
      await spool.close();
      await database.close().finally(() => clearInterval(alive));
    },
  };
}
