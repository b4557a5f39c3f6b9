import type { Clock } from '@amtsleitung/base';
import type { Header, SipRequest, Source } from '@amtsleitung/sip';
import type { ResponseParts } from '@amtsleitung/sip';
import type { Account } from './account.ts';
import type { Location } from './location.ts';
import type { LocationTable } from './location-table.ts';
import { isThirdParty, readRegister } from './register-request.ts';
import type { RegisterRequest } from './register-request.ts';
import type { RegistrationWriter } from './registration-writer.ts';

export interface RegisterAnswer extends ResponseParts {
  readonly status: number;
}

/** Handles authenticated REGISTERs, RFC 3261 §10.3. */
export class Registrar {
  readonly #locations: LocationTable;
  readonly #writer: RegistrationWriter;
  readonly #clock: Clock;

  constructor(locations: LocationTable, writer: RegistrationWriter, clock: Clock) {
    this.#locations = locations;
    this.#writer = writer;
    this.#clock = clock;
    locations.onRemoved((location) => {
      if (isStored(location)) writer.remove(location);
    });
  }

  /** Carries out a REGISTER of `account`, whose password has been checked. */
  register(account: Account, request: SipRequest, source: Source): RegisterAnswer {
    if (isThirdParty(request, account.username)) return { status: 403 };
    const read = readRegister(request, source);
    if ('status' in read) return refusal(read);
    if (this.#isOutOfOrder(account, read)) return { status: 400, reason: 'Out Of Order' };
    if (read.contacts === 'all-gone') this.#locations.removeDevice(account.deviceId, 'unregistered');
    else this.#apply(account, read, source);
    return { status: 200, headers: this.#contactHeaders(account) };
  }

  /** RFC 3261 §10.3 step 7: within one Call-ID only a higher CSeq changes a contact. */
  #isOutOfOrder(account: Account, read: RegisterRequest): boolean {
    const touched = new Set(read.contacts === 'all-gone' ? undefined : read.contacts.map((change) => change.contact));
    return this.#locations
      .ofDevice(account.deviceId)
      .filter((location) => read.contacts === 'all-gone' || touched.has(location.contact))
      .some((location) => location.callId === read.callId && location.cseq >= read.cseq);
  }

  #apply(account: Account, read: RegisterRequest, source: Source): void {
    if (read.contacts === 'all-gone') return;
    for (const { contact, expiresSeconds } of read.contacts) {
      if (expiresSeconds === 0) this.#locations.remove(account.deviceId, contact, 'unregistered');
      else this.#keep(this.#locationOf(account, read, source, contact, expiresSeconds));
    }
  }

  #keep(location: Location): void {
    this.#locations.put(location);
    if (isStored(location)) this.#writer.save(location);
  }

  #locationOf(account: Account, read: RegisterRequest, source: Source, contact: string, seconds: number): Location {
    return {
      deviceId: account.deviceId,
      tenantId: account.tenantId,
      personId: account.personId,
      contact,
      transport: source.transport,
      sourceAddress: source.address,
      sourcePort: source.port,
      ...(source.flowId === undefined ? {} : { flowId: source.flowId }),
      callId: read.callId,
      cseq: read.cseq,
      userAgent: read.userAgent,
      expiresAt: this.#clock.now() + seconds * 1000,
    };
  }

  #contactHeaders(account: Account): readonly Header[] {
    const now = this.#clock.now();
    return this.#locations.ofDevice(account.deviceId).map((location) => ({
      name: 'Contact',
      value: `<${location.contact}>;expires=${Math.max(1, Math.ceil((location.expiresAt - now) / 1000))}`,
    }));
  }
}

/** Only UDP phones can be reached after a restart: a connection does not survive it. */
const isStored = (location: Location): boolean => location.transport === 'udp';

const refusal = ({
  status,
  reason,
  minExpiresSeconds,
}: Exclude<ReturnType<typeof readRegister>, RegisterRequest>): RegisterAnswer => ({
  status,
  ...(reason === undefined ? {} : { reason }),
  ...(minExpiresSeconds === undefined ? {} : { headers: [{ name: 'Min-Expires', value: String(minExpiresSeconds) }] }),
});
