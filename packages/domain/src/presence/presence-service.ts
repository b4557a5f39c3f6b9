import { TypedEmitter, type Logger } from '@amtsleitung/base';
import type { Reachability } from '../calls/call-control.ts';
import type { LineOccupancy } from '../calls/line-occupancy.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Person } from '../directory/person.ts';
import type { DirectoryWriter } from '../directory/directory-writer.ts';
import type { DirectorySource } from '../directory/town-directory.ts';
import type { HotlineService } from '../hotline/hotline-service.ts';
import type { Presence, PresenceBoard } from './presence.ts';
import { projectPresence } from './project-presence.ts';

export interface PresenceServiceParts {
  readonly directory: DirectorySource;
  readonly reachability: Reachability;
  readonly lines: LineOccupancy;
  readonly hotlines: Pick<HotlineService, 'isPaused' | 'wrapUpOf' | 'onAgentChange'>;
  readonly writer: Pick<DirectoryWriter, 'patchPerson'>;
  readonly logger: Logger;
}

/** Live presence: one of four words for each person, told only when the word changes. */
export class PresenceService implements PresenceBoard {
  readonly #parts: PresenceServiceParts;
  readonly #changes: TypedEmitter<{ tenantId: string; personId: string; presence: Presence }>;
  readonly #shown = new Map<string, Presence>();
  readonly #stops: readonly (() => void)[];

  constructor(parts: PresenceServiceParts) {
    this.#parts = parts;
    this.#changes = new TypedEmitter((error) =>
      parts.logger.warn('presence listener failed', { error: String(error) }),
    );
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
      away: person.away,
      reachable: reachability.isReachable(personId),
      notDisturbed:
        person.phone.doNotDisturb || hotlines.isPaused(personId) || hotlines.wrapUpOf(personId) !== undefined,
    });
  }

  setAway(personId: string, away: boolean): void {
    if (this.#find(personId)?.away !== away) this.#parts.writer.patchPerson(personId, { away });
  }

  /** The person's own choice, for their own screen. */
  isAwayByChoice(personId: string): boolean {
    return this.#find(personId)?.away ?? false;
  }

  onChange(listener: (tenantId: string, personId: string, presence: Presence) => void): () => void {
    return this.#changes.listen(({ tenantId, personId, presence }) => listener(tenantId, personId, presence));
  }

  close(): void {
    for (const stop of this.#stops) stop();
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
