import { TypedEmitter, type Clock, type Logger, type Timers } from '@amtsleitung/base';
import type { DomainEvent, EventLog, EventStore, PartyRecord } from '@amtsleitung/domain';
import { BackOff } from './back-off.ts';
import { writeLine, type SpooledEvent } from './segment-line.ts';
import { Segments } from './segments.ts';
import { SpoolDrain } from './spool-drain.ts';
import type { SpoolFiles } from './spool-files.ts';
import type { SpoolStatus } from './spool-status.ts';

export interface EventSpoolOptions {
  readonly files: SpoolFiles;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
}

interface Pending {
  readonly spooled: SpooledEvent;
  readonly line: Buffer;
}

type Counts = Pick<SpoolStatus, 'lost' | 'damaged' | 'refused'>;

/** Most events, and most bytes of them, that wait in memory while the disk takes nothing. */
const pendingLimit = 20_000;
const pendingBytesLimit = 16 * 1024 * 1024;
/** Most events that share one sync. */
const groupLimit = 1_000;
/** Events wait so long for others to share their sync with. Nobody waits for them meanwhile: calls go on. */
const syncMilliseconds = 5;
/** After a batch smaller than this, the next one waits a moment: one transaction for many events costs a tenth. */
const largeBatch = 400;
const gatherMilliseconds = 500;
/** Batches between two notes of the position while there is always a next one. */
const positionEvery = 32;
/** Milliseconds a closing house waits for an absent database; what is left is stored at the next start. */
const closePatience = 3_000;

/**
 * The durable way of every event into the database. `publish` never waits, never throws and never reaches the disk by
 * itself: events are written and synced in groups (one sync at a time, the next takes all that came meanwhile), then
 * acknowledged in order, then stored in batches, exactly once by their ids, however long the database is away.
 *
 * While the disk takes nothing, up to 20,000 events (16 MB) wait in memory. Beyond that the newest are lost and counted:
 * what stays is a history without holes up to one moment, and calls without an end are closed at the next start.
 */
export class EventSpool implements EventLog {
  readonly #segments: Segments;
  readonly #drain: SpoolDrain;
  readonly #logger: Logger;
  readonly #acknowledged: TypedEmitter<SpooledEvent>;
  readonly #stored: TypedEmitter<readonly SpooledEvent[]>;
  readonly #status: TypedEmitter<SpoolStatus>;
  readonly #diskBackOff: BackOff;
  readonly #databaseBackOff: BackOff;
  readonly #gather: BackOff;
  readonly #share: BackOff;
  readonly #idle: (() => void)[] = [];
  #pending: Pending[] = [];
  #pendingBytes = 0;
  #writing: Promise<void> | undefined;
  #draining: Promise<void> | undefined;
  #rotating = false;
  #closing = false;
  #over = false;
  #counts: Counts = { lost: 0, damaged: 0, refused: 0 };

  private constructor(segments: Segments, drain: SpoolDrain, { timers, logger }: EventSpoolOptions) {
    const report = (error: unknown): void => logger.error('a listener of events failed', { reason: String(error) });
    this.#segments = segments;
    this.#drain = drain;
    this.#logger = logger;
    this.#acknowledged = new TypedEmitter(report);
    this.#stored = new TypedEmitter(report);
    this.#status = new TypedEmitter(report);
    this.#diskBackOff = new BackOff(timers, 100, 2_000);
    this.#databaseBackOff = new BackOff(timers, 100, 5_000);
    this.#gather = new BackOff(timers, gatherMilliseconds, gatherMilliseconds);
    this.#share = new BackOff(timers, syncMilliseconds, syncMilliseconds);
  }

  /** Opens the folder and begins to store what an earlier process left there. Throws when it cannot be read. */
  static async open(options: EventSpoolOptions): Promise<EventSpool> {
    const { files, store, clock } = options;
    const segments = await Segments.find(files);
    const today = (): string => new Date(clock.now()).toISOString().slice(0, 10);
    const drain = new SpoolDrain(files, segments, store, today);
    await drain.resume();
    const spool = new EventSpool(segments, drain, options);
    spool.#wakeDrain();
    return spool;
  }

  publish(event: DomainEvent, party?: PartyRecord): void {
    const pending = this.#prepare(party ? { event, party } : { event });
    if (!pending) return;
    this.#pending.push(pending);
    this.#pendingBytes += pending.line.length;
    this.#wakeWriter();
  }

  onAcknowledged(listener: (event: DomainEvent, party?: PartyRecord) => void): () => void {
    return this.#acknowledged.listen(({ event, party }) => listener(event, party));
  }

  /** Called after each batch is in the database: from now on queries see these events. */
  onStored(listener: (events: readonly DomainEvent[]) => void): () => void {
    return this.#stored.listen((batch) => listener(batch.map(({ event }) => event)));
  }

  /** Called when a failure begins or ends, and when an event is lost, damaged or refused. */
  onStatus(listener: (status: SpoolStatus) => void): () => void {
    return this.#status.listen(listener);
  }

  status(): SpoolStatus {
    return {
      unacknowledged: this.#pending.length,
      backlogBytes: this.#drain.backlog(),
      diskFailure: this.#diskBackOff.reason,
      databaseFailure: this.#databaseBackOff.reason,
      ...this.#counts,
    };
  }

  /** Resolves at the first moment when nothing waits for disk or database. */
  drained(): Promise<void> {
    return new Promise((settle) => {
      this.#idle.push(settle);
      this.#gather.hurry();
      this.#share.hurry();
      this.#wakeDrain();
    });
  }

  /** Starts a new file, so that the stored events (and the numbers in them) of the old one leave the disk. */
  async rotate(): Promise<void> {
    this.#rotating = true;
    this.#share.hurry();
    this.#wakeWriter();
    await this.#writing;
    this.#wakeDrain();
  }

  /** Gives disk and database a moment to take what is pending; events published from now on are lost. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#diskBackOff.hurry();
    this.#databaseBackOff.hurry();
    await Promise.race([this.drained(), this.#databaseBackOff.pause(closePatience)]);
    this.#over = true;
    this.#diskBackOff.hurry();
    this.#databaseBackOff.hurry();
    this.#gather.hurry();
    await this.#writing;
    await this.#segments.finish().catch(() => undefined);
    await this.#drain.savePosition().catch(() => undefined);
  }

  #prepare(spooled: SpooledEvent): Pending | undefined {
    try {
      const full = this.#pending.length >= pendingLimit || this.#pendingBytes >= pendingBytesLimit;
      if (!full && !this.#closing) return { spooled, line: writeLine(spooled) };
    } catch (error) {
      this.#logger.error('an event cannot be written as JSON', { kind: spooled.event.kind, reason: String(error) });
    }
    this.#count({ lost: 1 });
    return undefined;
  }

  #wakeWriter(): void {
    if (this.#writing || this.#over || (this.#pending.length === 0 && !this.#rotating)) return;
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined;
      this.#wakeWriter();
    });
  }

  async #writeAll(): Promise<void> {
    while (!this.#over && (this.#pending.length > 0 || this.#rotating)) {
      try {
        if (!this.#rotating && !this.#closing && this.#idle.length === 0) await this.#share.wait();
        if (this.#rotating) await this.#segments.finish();
        this.#rotating = false;
        await this.#writeGroup(this.#pending.slice(0, groupLimit));
      } catch (error) {
        this.#fail(this.#diskBackOff, error);
        if (!this.#over) await this.#diskBackOff.wait();
      }
    }
  }

  async #writeGroup(group: readonly Pending[]): Promise<void> {
    if (group.length === 0) return;
    await this.#segments.append(Buffer.concat(group.map(({ line }) => line)));
    this.#recover(this.#diskBackOff);
    this.#pending = this.#pending.slice(group.length);
    for (const { spooled, line } of group) {
      this.#pendingBytes -= line.length;
      this.#acknowledged.emit(spooled);
    }
    this.#wakeDrain();
  }

  #wakeDrain(): void {
    if (this.#draining || this.#over) return;
    this.#draining = this.#drainAll().finally(() => {
      this.#draining = undefined;
      if (this.#drain.backlog() > 0) this.#wakeDrain();
      else if (this.#pending.length === 0) for (const settle of this.#idle.splice(0)) settle();
    });
  }

  async #drainAll(): Promise<void> {
    for (let batch = 1; !this.#over; batch += 1) {
      try {
        const { stored, damaged, refused } = await this.#drain.step();
        if (!stored) break;
        this.#recover(this.#databaseBackOff);
        if (damaged + refused > 0) this.#count({ damaged, refused });
        if (stored.length > 0) this.#stored.emit(stored);
        if (stored.length < largeBatch && this.#idle.length === 0) await this.#gather.wait();
        if (batch % positionEvery === 0) await this.#drain.savePosition().catch(() => undefined);
      } catch (error) {
        this.#fail(this.#databaseBackOff, error);
        if (!this.#over) await this.#databaseBackOff.wait();
      }
    }
    await this.#drain.savePosition().catch(() => undefined);
  }

  #fail(backOff: BackOff, error: unknown): void {
    const first = backOff.reason === undefined;
    backOff.reason = (error as { code?: string }).code ?? (error as Error).message;
    if (!first) return;
    const what = backOff === this.#diskBackOff ? 'the disk takes no events' : 'the database takes no events';
    this.#logger.error(`${what}, they are kept and tried again`, { reason: backOff.reason });
    this.#status.emit(this.status());
  }

  #recover(backOff: BackOff): void {
    if (backOff.reason === undefined) return;
    backOff.reset();
    this.#logger.info('events are taken again');
    this.#status.emit(this.status());
  }

  #count(more: Partial<Counts>): void {
    const { lost = 0, damaged = 0, refused = 0 } = more;
    const before = this.#counts;
    this.#counts = { lost: before.lost + lost, damaged: before.damaged + damaged, refused: before.refused + refused };
    // One line and one report for a thousand lost events: there is no room for more.
    if (lost > 0 && before.lost % 1_000 !== 0) return;
    this.#logger.error('events could not be kept', { ...this.#counts });
    this.#status.emit(this.status());
  }
}
