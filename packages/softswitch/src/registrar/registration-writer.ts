import { AsyncMailbox } from '@amtsleitung/base';
import type { Clock, Logger } from '@amtsleitung/base';
import type { Registration, RegistrationStore } from '@amtsleitung/domain';

/** Changes waiting at once; beyond, new ones are dropped: a phone registers again within the hour. */
const mostWaiting = 10_000;

/** Writes contacts behind the registrar: a REGISTER never waits for the database. Only the latest state of a contact is written. */
export class RegistrationWriter {
  readonly #store: RegistrationStore;
  readonly #logger: Logger;
  readonly #mailbox: AsyncMailbox;
  readonly #waiting = new Map<string, () => Promise<void>>();

  constructor(store: RegistrationStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
    this.#mailbox = new AsyncMailbox((error) => logger.warn('Registration not stored', { error: String(error) }));
  }

  /** The contacts of before the restart that have not expired. An absent database means an empty list, not an outage. */
  async load(clock: Clock): Promise<readonly Registration[]> {
    try {
      return await this.#store.loadAll(clock.now());
    } catch (error) {
      this.#logger.warn('Registrations not loaded', { error: String(error) });
      return [];
    }
  }

  save(registration: Registration): void {
    this.#post(registration, () => this.#store.save(registration));
  }

  remove(registration: Registration): void {
    this.#post(registration, () => this.#store.remove(registration.deviceId, registration.contact));
  }

  /** Settles when everything noted so far is written. */
  drained(): Promise<void> {
    return this.#mailbox.drained();
  }

  #post({ deviceId, contact }: Registration, write: () => Promise<void>): void {
    const key = `${deviceId} ${contact}`;
    const isWaiting = this.#waiting.has(key);
    if (!isWaiting && this.#waiting.size >= mostWaiting) return;
    this.#waiting.set(key, write);
    if (isWaiting) return;
    this.#mailbox.post(async () => {
      const latest = this.#waiting.get(key);
      this.#waiting.delete(key);
      await latest?.();
    });
  }
}
