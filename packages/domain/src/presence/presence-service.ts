import { AsyncMailbox, TypedEmitter, type Logger } from '@amtsleitung/base';
import type { Reachability } from '../calls/call-control.ts';
import type { LineOccupancy } from '../calls/line-occupancy.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Person } from '../directory/person.ts';
import type { DirectorySource } from '../directory/town-directory.ts';
import type { HotlineService } from '../hotline/hotline-service.ts';
import type { Presence, PresenceBoard } from './presence.ts';
import { projectPresence } from './project-presence.ts';

export interface PresenceServiceParts {
  readonly directory: DirectorySource;
  readonly reachability: Reachability;
  readonly lines: LineOccupancy;
  readonly hotlines: Pick<HotlineService, 'isPaused' | 'wrapUpOf' | 'onAgentChange'>;
  readonly store: { savePerson(person: Person): Promise<void> };
  readonly logger: Logger;
}

/** Live presence: one of four words for each person, told only when the word changes. */
export class PresenceService implements PresenceBoard {
  readonly #parts: PresenceServiceParts;
  readonly #changes: TypedEmitter<{ tenantId: string; personId: string; presence: Presence }>;
  readonly #shown = new Map<string, Presence>();
  /** Choices of this run; they count more than the directory loaded before them. */
  readonly #away = new Map<string, boolean>();
  readonly #saving: AsyncMailbox;
  readonly #unsaved = new Set<string>();
  readonly #stops: readonly (() => void)[];

  constructor(parts: PresenceServiceParts) {
    this.#parts = parts;
    const report = (message: string) => (error: unknown) => parts.logger.warn(message, { error: String(error) });
    this.#changes = new TypedEmitter(report('presence listener failed'));
    this.#saving = new AsyncMailbox(report('presence choice not stored'));
    for (const directory of parts.directory.all()) for (const { id } of directory.people) this.#refresh(id);
    this.#stops = [
      parts.directory.onChange((directory) => directory.people.forEach(({ id }) => this.#refresh(id))),
      parts.reachability.onChange((personId) => this.#refresh(personId)),
      parts.lines.onChange((personId) => this.#refresh(personId)),
      parts.hotlines.onAgentChange((_tenantId, personId) => this.#refresh(personId)),
    ];
  }

  presenceOf(personId: string): Presence {
    const { lines, reachability, hotlines } = this.#parts;
    const person = this.#find(personId);
    if (!person) return 'away';
    return projectPresence({
      talking: lines.isTalking(personId),
      away: this.#away.get(personId) ?? person.away,
      reachable: reachability.isReachable(personId),
      notDisturbed: hotlines.isPaused(personId) || hotlines.wrapUpOf(personId) !== undefined,
    });
  }

  setAway(personId: string, away: boolean): void {
    const person = this.#find(personId);
    if (!person) return;
    this.#away.set(personId, away);
    this.#saveLater(person);
    this.#refresh(personId);
  }

  /** The person's own choice, for their own screen. */
  isAwayByChoice(personId: string): boolean {
    return this.#away.get(personId) ?? this.#find(personId)?.away ?? false;
  }

  onChange(listener: (tenantId: string, personId: string, presence: Presence) => void): () => void {
    return this.#changes.listen(({ tenantId, personId, presence }) => listener(tenantId, personId, presence));
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.#saving.drained();
  }

  /** The latest choice alone is stored, however often it changes while the store is slow. */
  #saveLater(person: Person): void {
    const { id } = person;
    if (this.#unsaved.has(id)) return;
    this.#unsaved.add(id);
    this.#saving.post(() => {
      this.#unsaved.delete(id);
      const { store } = this.#parts;
      return store.savePerson({ ...(this.#find(id) ?? person), away: this.isAwayByChoice(id) });
    });
  }

  #refresh(personId: string): void {
    const person = this.#find(personId);
    if (!person) return;
    const presence = this.presenceOf(personId);
    if (this.#shown.get(personId) === presence) return;
    this.#shown.set(personId, presence);
    this.#changes.emit({ tenantId: person.tenantId, personId, presence });
  }

  #find(personId: string): Person | undefined {
    for (const directory of this.#parts.directory.all()) {
      const person = indexOf(directory).person(personId);
      if (person) return person;
    }
    return undefined;
  }
}
