import { TypedEmitter, type Logger } from '@amtsleitung/base';
import type { Lamp, LampSource } from '../calls/lamps.ts';
import type { LineOccupancy } from '../calls/line-occupancy.ts';
import { headOfPerson } from '../dialplan/office-number.ts';
import { userOf } from '../directory/device.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Person } from '../directory/person.ts';
import type { DirectorySource, TownDirectory } from '../directory/town-directory.ts';
import type { Presence, PresenceBoard } from '../presence/presence.ts';
import { parseFeature } from './feature-codes.ts';
import type { ParkingLot } from './parking-lot.ts';

export interface LampBoardParts {
  readonly directory: DirectorySource;
  readonly presence: PresenceBoard;
  readonly lines: LineOccupancy;
  readonly parking: ParkingLot;
  readonly logger: Logger;
}

const words: Readonly<Record<Presence, Lamp>> = {
  free: 'free',
  'on-phone': 'busy',
  'do-not-disturb': 'busy',
  away: 'away',
};

/** Lamps of desk phones, made of the words that everybody sees on the screen and of nothing finer (R20, R21). */
export class LampBoard implements LampSource {
  readonly #parts: LampBoardParts;
  readonly #changes: TypedEmitter<string>;
  /** Whose devices ring; everything else presence tells. */
  readonly #ringing = new Set<string>();
  readonly #stops: readonly (() => void)[];

  constructor(parts: LampBoardParts) {
    this.#parts = parts;
    const { directory, presence, lines, parking, logger } = parts;
    this.#changes = new TypedEmitter((error) => logger.warn('lamp listener failed', { error: String(error) }));
    this.#stops = [
      presence.onChange((tenantId) => this.#changes.emit(tenantId)),
      lines.onChange((personId) => this.#refreshRinging(personId)),
      parking.onChange((tenantId) => this.#changes.emit(tenantId)),
      directory.onChange(({ tenant }) => this.#changes.emit(tenant.id)),
    ];
  }

  lampOf(viewerPersonId: string, watched: string): Lamp | undefined {
    const viewer = this.#find(viewerPersonId);
    if (!viewer) return undefined;
    const { town, person } = viewer;
    const code = parseFeature(watched);
    if (code) {
      const orbit = code.kind === 'park' ? code.orbit : undefined;
      if (orbit === undefined) return undefined;
      return this.#parts.parking.callIn(town.tenant.id, orbit) === undefined ? 'free' : 'busy';
    }
    const colleague = personBehind(town, person, watched);
    if (!colleague) return undefined;
    if (this.#ringsFor(person, colleague)) return 'ringing';
    return words[this.#parts.presence.presenceOf(colleague.id)];
  }

  ringingPerson(viewerPersonId: string, watched: string): string | undefined {
    const viewer = this.#find(viewerPersonId);
    if (!viewer || parseFeature(watched)) return undefined;
    const colleague = personBehind(viewer.town, viewer.person, watched);
    return colleague && this.#ringsFor(viewer.person, colleague) ? colleague.id : undefined;
  }

  onChange(listener: (tenantId: string) => void): () => void {
    return this.#changes.listen(listener);
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  /** Told to those only who may pick the call up. */
  #ringsFor(viewer: Person, colleague: Person): boolean {
    return colleague.departmentId === viewer.departmentId && this.#parts.lines.isRinging(colleague.id);
  }

  /** Calls of the house are many, and most change no lamp. */
  #refreshRinging(personId: string): void {
    const isRinging = this.#parts.lines.isRinging(personId);
    if (this.#ringing.has(personId) === isRinging) return;
    if (isRinging) this.#ringing.add(personId);
    else this.#ringing.delete(personId);
    const tenantId = this.#find(personId)?.town.tenant.id;
    if (tenantId !== undefined) this.#changes.emit(tenantId);
  }

  #find(personId: string): { town: TownDirectory; person: Person } | undefined {
    for (const town of this.#parts.directory.all()) {
      const person = indexOf(town).person(personId);
      if (person) return { town, person };
    }
    return undefined;
  }
}

/** By extension, the viewer's own head number first, or by the SIP user of a device. */
function personBehind(town: TownDirectory, viewer: Person, watched: string): Person | undefined {
  const index = indexOf(town);
  const own = headOfPerson(town, viewer.id);
  for (const { id } of [...(own ? [own] : []), ...town.headNumbers]) {
    const destination = index.assignment(id, watched)?.destination;
    if (destination) return destination.kind === 'person' ? index.person(destination.personId) : undefined;
  }
  const device = index.deviceBySipUser(watched);
  return index.personByExtension(watched) ?? (device && index.person(userOf(device)));
}
