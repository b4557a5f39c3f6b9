import { hashHex } from '@amtsleitung/base';
import { userOf } from '@amtsleitung/domain';
import type { Device, DirectorySource, TownDirectory } from '@amtsleitung/domain';
import type { DigestAlgorithm } from '@amtsleitung/sip';
import type { Account } from './account.ts';
import type { BrowserCredentials } from './browser-credentials.ts';

const ofDevice = (device: Device, directory: TownDirectory): Account => ({
  kind: 'device',
  deviceId: device.id,
  deviceKind: device.settings.kind,
  tenantId: device.tenantId,
  personId: userOf(device),
  siteId: device.siteId,
  username: device.sipUser,
  realm: directory.tenant.sipDomain,
  ...(device.settings.digest === undefined ? {} : { algorithms: algorithmsOf[device.settings.digest] }),
  largeOverTcp: device.settings.largeOverTcp,
  srtp: device.settings.srtp ?? false,
  ha1: device.ha1,
});

/** RFC 8760 §2.4: a phone that knows the better one takes the first challenge; all others find theirs behind it. */
const algorithmsOf: Readonly<Record<'md5' | 'sha-256', readonly DigestAlgorithm[]>> = {
  md5: ['MD5'],
  'sha-256': ['SHA-256', 'MD5'],
};

interface DeviceIndex {
  readonly byUsername: ReadonlyMap<string, Account>;
  readonly byId: ReadonlyMap<string, Account>;
}

/** Every account by digest user name: the directory's devices and the browsers' credentials. */
export class Accounts {
  readonly #directory: DirectorySource;
  readonly #browsers: BrowserCredentials;
  readonly #stopListening: () => void;
  #devices: DeviceIndex | undefined;

  constructor(directory: DirectorySource, browsers: BrowserCredentials) {
    this.#directory = directory;
    this.#browsers = browsers;
    this.#stopListening = directory.onChange(() => (this.#devices = undefined));
  }

  find(username: string): Account | undefined {
    return this.#browsers.find(username) ?? this.#ofDirectory().byUsername.get(username);
  }

  /** A device of the directory by its id. */
  device(deviceId: string): Account | undefined {
    return this.#ofDirectory().byId.get(deviceId);
  }

  /**
   * The realm to challenge for: the tenant whose domain is named, else the user's own. A phone that knows the server by
   * address only gets its tenant's realm; a name nobody has gets one just as steadily, so both look alike.
   */
  realmFor(domain: string, username: string): string {
    const realms = this.#directory.all().map((directory) => directory.tenant.sipDomain);
    const named = realms.find((realm) => realm.toLowerCase() === domain.toLowerCase());
    if (named !== undefined) return named;
    const steady = parseInt(hashHex('sha256', username).slice(0, 8), 16) % Math.max(1, realms.length);
    return this.find(username)?.realm ?? realms[steady] ?? 'localhost';
  }

  close(): void {
    this.#stopListening();
  }

  #ofDirectory(): DeviceIndex {
    if (this.#devices) return this.#devices;
    const accounts = this.#directory
      .all()
      .flatMap((directory) => directory.devices.map((device) => ofDevice(device, directory)));
    this.#devices = {
      byUsername: new Map(accounts.map((account) => [account.username, account])),
      byId: new Map(accounts.map((account) => [account.deviceId, account])),
    };
    return this.#devices;
  }
}
