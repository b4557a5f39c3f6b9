import type { DirectorySource, Registration } from '@amtsleitung/domain';
import type { Clock } from '@amtsleitung/base';
import { takesTcp } from './account.ts';
import type { Account } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Location } from './location.ts';
import type { LocationTable } from './location-table.ts';
import type { RegistrationWriter } from './registration-writer.ts';

export interface RegistrationKeeperPorts {
  readonly accounts: Accounts;
  readonly locations: LocationTable;
  readonly writer: RegistrationWriter;
  readonly directory: DirectorySource;
  readonly clock: Clock;
  /** A device is gone or has another password: nothing may run over it any more. */
  readonly onDeviceRemoved: (deviceId: string) => void;
}

/** Keeps the registered contacts in step with the directory, over restarts and administrators' changes. */
export class RegistrationKeeper {
  readonly #ports: RegistrationKeeperPorts;
  readonly #stopListening: () => void;
  readonly #secrets = new Map<string, string>();

  constructor(ports: RegistrationKeeperPorts) {
    this.#ports = ports;
    this.#noteSecrets();
    this.#stopListening = ports.directory.onChange(() => this.#reconcile());
  }

  /** The contacts of before the restart: phones are reachable before their next REGISTER. */
  async restore(): Promise<void> {
    const { accounts, locations, writer, clock } = this.#ports;
    for (const registration of await writer.load(clock)) {
      if (registration.transport !== 'udp') continue;
      const account = accounts.device(registration.deviceId);
      if (account?.personId !== registration.personId) writer.remove(registration);
      else locations.put(restored(registration, account));
    }
  }

  close(): void {
    this.#stopListening();
  }

  #reconcile(): void {
    const { accounts, locations, onDeviceRemoved } = this.#ports;
    for (const location of locations.all()) {
      const { deviceId, personId } = location;
      const before = this.#secrets.get(deviceId);
      // Browsers are no devices of the directory; their sessions end otherwise.
      if (before === undefined) continue;
      const account = accounts.device(deviceId);
      if (account?.ha1.sha256 !== before) {
        locations.removeDevice(deviceId, 'account-removed');
        onDeviceRemoved(deviceId);
      } else if (account.personId !== personId) this.#handOver(location, account.personId);
    }
    this.#noteSecrets();
  }

  /** Somebody has logged in on the phone, or out: it rings for somebody else at once, and what it talks goes on. */
  #handOver(location: Location, personId: string): void {
    const { locations, writer } = this.#ports;
    locations.remove(location.deviceId, location.contact, 'account-removed');
    const handedOver = { ...location, personId };
    locations.put(handedOver);
    if (location.transport === 'udp') writer.save(handedOver);
  }

  #noteSecrets(): void {
    this.#secrets.clear();
    for (const directory of this.#ports.directory.all()) {
      for (const device of directory.devices) this.#secrets.set(device.id, device.ha1.sha256);
    }
  }
}

const restored = (registration: Registration, account: Account): Location =>
  takesTcp(account, registration) ? { ...registration, alsoTcp: true } : registration;
