import { AsyncMailbox, TypedEmitter, type Logger } from '@amtsleitung/base';
import type { MessageWaiting } from '../calls/lamps.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { DirectorySource, TownDirectory } from '../directory/town-directory.ts';
import type { EventLog } from '../events/event.ts';
import type { Destination } from '../numbering/head-number.ts';
import type { MessageStore } from './message.ts';

export interface WaitingMessagesParts {
  readonly store: MessageStore;
  readonly directory: DirectorySource;
  readonly events: EventLog;
  readonly logger: Logger;
}

interface Counts {
  readonly fresh: number;
  readonly old: number;
}

const none: Counts = { fresh: 0, old: 0 };
/** Newest of a tenant that are counted; more is no use to a lamp. */
const mostCounted = 5_000;

/**
 * How many messages wait for each person: in their own box and in those of their hotlines. Counted from the store at
 * start, after each new message and after each change made through `watched`.
 */
export class WaitingMessages implements MessageWaiting {
  readonly #parts: WaitingMessagesParts;
  readonly #boxes = new Map<string, Map<string, Counts>>();
  readonly #changes: TypedEmitter<string>;
  readonly #reading: AsyncMailbox;
  /** Tenants that are about to be counted. */
  readonly #due = new Set<string>();
  readonly #stop: () => void;
  /** The store itself, for whoever changes messages. */
  readonly watched: MessageStore;

  constructor(parts: WaitingMessagesParts) {
    this.#parts = parts;
    const report = (error: unknown) => parts.logger.warn('messages not counted', { error: String(error) });
    this.#changes = new TypedEmitter(report);
    this.#reading = new AsyncMailbox(report);
    this.#stop = parts.events.onStored((events) => {
      for (const { kind, tenantId } of events) if (kind === 'message-recorded') this.#count(tenantId);
    });
    const { store } = parts;
    this.watched = {
      list: (...query) => store.list(...query),
      find: (...query) => store.find(...query),
      setDone: async (tenantId, messageId, done) => {
        await store.setDone(tenantId, messageId, done);
        this.#count(tenantId);
      },
      delete: async (tenantId, messageId) => {
        await store.delete(tenantId, messageId);
        this.#count(tenantId);
      },
    };
  }

  /** Counts everything once; call at start. */
  async restore(): Promise<void> {
    for (const { tenant } of this.#parts.directory.all()) this.#count(tenant.id);
    await this.#reading.drained();
  }

  counts(personId: string): Counts {
    const town = this.#parts.directory.all().find((one) => indexOf(one).person(personId) !== undefined);
    if (!town) return none;
    const boxes = this.#boxes.get(town.tenant.id);
    return boxesOf(town, personId).reduce<Counts>((sum, box) => {
      const { fresh, old } = boxes?.get(keyOf(box)) ?? none;
      return { fresh: sum.fresh + fresh, old: sum.old + old };
    }, none);
  }

  onChange(listener: (personId: string) => void): () => void {
    return this.#changes.listen(listener);
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#reading.drained();
  }

  #count(tenantId: string): void {
    if (this.#due.has(tenantId)) return;
    this.#due.add(tenantId);
    this.#reading.post(async () => {
      this.#due.delete(tenantId);
      const town = this.#parts.directory.byTenant(tenantId);
      if (!town) return;
      const before = new Map(town.people.map(({ id }) => [id, this.counts(id)]));
      this.#boxes.set(tenantId, await this.#read(town));
      for (const [personId, { fresh, old }] of before) {
        const now = this.counts(personId);
        if (now.fresh !== fresh || now.old !== old) this.#changes.emit(personId);
      }
    });
  }

  async #read(town: TownDirectory): Promise<Map<string, Counts>> {
    const boxes: readonly Destination[] = [
      ...town.people.map(({ id }) => ({ kind: 'person', personId: id }) as const),
      ...town.hotlines.map(({ id }) => ({ kind: 'hotline', hotlineId: id }) as const),
    ];
    const counts = new Map<string, Counts>();
    for (const { box, doneAt } of await this.#parts.store.list(town.tenant.id, boxes, mostCounted)) {
      const { fresh, old } = counts.get(keyOf(box)) ?? none;
      counts.set(keyOf(box), doneAt === undefined ? { fresh: fresh + 1, old } : { fresh, old: old + 1 });
    }
    return counts;
  }
}

const keyOf = (box: Destination): string =>
  box.kind === 'person' ? `person ${box.personId}` : `hotline ${box.hotlineId}`;

const boxesOf = ({ hotlines }: TownDirectory, personId: string): readonly Destination[] => [
  { kind: 'person', personId },
  ...hotlines
    .filter(({ memberIds }) => memberIds.includes(personId))
    .map(({ id }) => ({ kind: 'hotline', hotlineId: id }) as const),
];
