import type { Device, DirectorySource, TownDirectory } from '@amtsleitung/domain';
import type { Account } from './account.ts';
import type { BrowserCredentials } from './browser-credentials.ts';

const ofDevice = (device: Device, directory: TownDirectory): Account => ({
  kind: 'device',
  deviceId: device.id,
  tenantId: device.tenantId,
  personId: device.personId,
  siteId: device.siteId,
  username: device.sipUser,
  realm: directory.tenant.sipDomain,
  ha1: device.ha1,
});

/** Every account by digest user name: the directory's devices and the browsers' credentials. */
export class Accounts {
  readonly #directory: DirectorySource;
  readonly #browsers: BrowserCredentials;
  readonly #stopListening: () => void;
  #devices: ReadonlyMap<string, Account> | undefined;

  constructor(directory: DirectorySource, browsers: BrowserCredentials) {
    this.#directory = directory;
    this.#browsers = browsers;
    this.#stopListening = directory.onChange(() => (this.#devices = undefined));
  }

  find(username: string): Account | undefined {
    return this.#browsers.find(username) ?? this.#byUsername().get(username);
  }

  /** The realm strangers are challenged for: the tenant they name, else the only or first one. */
  realmFor(domain: string): string {
    const tenants = this.#directory.all().map((directory) => directory.tenant.sipDomain);
    return tenants.find((known) => known.toLowerCase() === domain.toLowerCase()) ?? tenants[0] ?? 'localhost';
  }

  close(): void {
    this.#stopListening();
  }

  #byUsername(): ReadonlyMap<string, Account> {
    this.#devices ??= new Map(
      this.#directory
        .all()
        .flatMap((directory) => directory.devices.map((device) => [device.sipUser, ofDevice(device, directory)])),
    );
    return this.#devices;
  }
}
