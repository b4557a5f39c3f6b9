import { TypedEmitter } from '@amtsleitung/base';
import type { Lamp, LampSource, MessageWaiting } from '@amtsleitung/domain';
import type { StateSources } from '../subscriptions/state-sources.ts';
import { town } from './test-town.ts';

const rethrow = (error: unknown): never => {
  throw error;
};

/** Lamps and message counts that tests set. */
export class TestLamps implements StateSources {
  readonly #lamps = new Map<string, Lamp>();
  readonly #counts = new Map<string, { readonly fresh: number; readonly old: number }>();
  readonly #lampChanges = new TypedEmitter<string>(rethrow);
  readonly #countChanges = new TypedEmitter<string>(rethrow);

  readonly lamps: LampSource = {
    lampOf: (viewer, watched) => this.#lamps.get(`${viewer} ${watched}`),
    ringingPerson: (viewer, watched) =>
      this.#lamps.get(`${viewer} ${watched}`) === 'ringing'
        ? town.people.find(({ extension }) => extension === watched)?.id
        : undefined,
    onChange: (listener) => this.#lampChanges.listen(listener),
  };

  readonly messages: MessageWaiting = {
    counts: (personId) => this.#counts.get(personId) ?? { fresh: 0, old: 0 },
    onChange: (listener) => this.#countChanges.listen(listener),
  };

  light(viewer: string, watched: string, lamp: Lamp): void {
    this.#lamps.set(`${viewer} ${watched}`, lamp);
    this.#lampChanges.emit('town');
  }

  count(personId: string, fresh: number, old: number): void {
    this.#counts.set(personId, { fresh, old });
    this.#countChanges.emit(personId);
  }
}
