import type { DirectorySource, DirectoryWriter, PresenceBoard, TownDirectory } from '@amtsleitung/domain';
import { ApiProblem, notFound } from '../http/problem.ts';

const mostWaiting = 50;

export interface DirectoryChangesPorts {
  readonly directory: DirectorySource;
  readonly reloadDirectory: (tenantId: string) => Promise<void>;
  readonly presence: PresenceBoard;
  readonly writer: Pick<DirectoryWriter, 'hold'>;
}

/**
 * One change of a tenant's directory at a time: what was checked still holds when it is saved, and the next change sees
 * the result. After each the directory is loaded again, so that it is in effect before the answer goes out.
 */
export class DirectoryChanges {
  readonly #source: DirectorySource;
  readonly #reload: (tenantId: string) => Promise<void>;
  readonly #presence: PresenceBoard;
  readonly #writer: DirectoryChangesPorts['writer'];
  readonly #queues = new Map<string, { last: Promise<unknown>; waiting: number }>();
  /** Tenants whose last change ended in a failure: it may have been saved all the same. */
  readonly #doubtful = new Set<string>();

  constructor({ directory, reloadDirectory, presence, writer }: DirectoryChangesPorts) {
    this.#source = directory;
    this.#reload = reloadDirectory;
    this.#presence = presence;
    this.#writer = writer;
  }

  /** Runs `change` with the directory as it is then. Throws what it throws, and 503 with more than 50 waiting. */
  async run<Value>(tenantId: string, change: (directory: TownDirectory) => Promise<Value>): Promise<Value> {
    const queue = this.#queues.get(tenantId) ?? { last: Promise.resolve(), waiting: 0 };
    if (queue.waiting >= mostWaiting) throw new ApiProblem(503, 'overloaded', { retryAfter: 5 });
    this.#queues.set(tenantId, queue);
    queue.waiting++;
    const turn = queue.last.then(() => this.#apply(tenantId, change));
    queue.last = turn.catch(() => {}).finally(() => this.#leave(tenantId, queue));
    return turn;
  }

  #leave(tenantId: string, queue: { waiting: number }): void {
    if (--queue.waiting === 0) this.#queues.delete(tenantId);
  }

  async #apply<Value>(tenantId: string, change: (directory: TownDirectory) => Promise<Value>): Promise<Value> {
    const release = await this.#writer.hold();
    return this.#carryOut(tenantId, change).finally(release);
  }

  async #carryOut<Value>(tenantId: string, change: (directory: TownDirectory) => Promise<Value>): Promise<Value> {
    if (this.#doubtful.has(tenantId)) await this.#load(tenantId);
    const directory = this.#source.byTenant(tenantId);
    if (!directory) throw notFound();
    try {
      const value = await change(this.#withChoices(directory));
      await this.#load(tenantId);
      return value;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status >= 500) this.#doubtful.add(tenantId);
      throw error;
    }
  }

  /** People who went away since the directory was loaded must not come back by an administrator's save. */
  #withChoices(directory: TownDirectory): TownDirectory {
    const people = directory.people.map((person) => ({ ...person, away: this.#presence.isAwayByChoice(person.id) }));
    return { ...directory, people };
  }

  async #load(tenantId: string): Promise<void> {
    await this.#reload(tenantId);
    this.#doubtful.delete(tenantId);
  }
}
