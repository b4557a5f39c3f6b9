import type { Clock } from '@amtsleitung/base';
import { listsToken, quote } from '@amtsleitung/sip';
import type { Header, ResponseParts, SipRequest } from '@amtsleitung/sip';
import { takesTcp } from './account.ts';
import type { Account } from './account.ts';
import type { Location, Place } from './location.ts';
import type { LocationTable } from './location-table.ts';
import { isThirdParty, readRegister } from './register-request.ts';
import type { ContactChange, RegisterRequest } from './register-request.ts';
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
  register(account: Account, request: SipRequest, place: Place): RegisterAnswer {
    if (isThirdParty(request, account.username)) return { status: 403 };
    const read = readRegister(request, place);
    if ('status' in read) return refusal(read);
    if (this.#isOutOfOrder(account, read)) return { status: 400, reason: 'Out Of Order' };
    if (read.contacts === 'all-gone') this.#locations.removeDevice(account.deviceId, 'unregistered');
    else this.#apply(account, read, place);
    return { status: 200, headers: [...this.#contactHeaders(account), ...routeHeaders(request, read)] };
  }

  /** RFC 3261 §10.3 step 7: within one Call-ID only a higher CSeq changes a contact. */
  #isOutOfOrder(account: Account, read: RegisterRequest): boolean {
    const touched = new Set(read.contacts === 'all-gone' ? undefined : read.contacts.map((change) => change.contact));
    return this.#locations
      .ofDevice(account.deviceId)
      .filter((location) => read.contacts === 'all-gone' || touched.has(location.contact))
      .some((location) => location.callId === read.callId && location.cseq >= read.cseq);
  }

  #apply(account: Account, read: RegisterRequest, place: Place): void {
    if (read.contacts === 'all-gone') return;
    for (const change of read.contacts) {
      if (change.expiresSeconds === 0) this.#locations.remove(account.deviceId, change.contact, 'unregistered');
      else this.#keep(this.#locationOf(account, read, place, change));
    }
  }

  #keep(location: Location): void {
    this.#locations.put(location);
    if (isStored(location)) this.#writer.save(location);
  }

  #locationOf(account: Account, read: RegisterRequest, place: Place, change: ContactChange): Location {
    const location: Location = {
      deviceId: account.deviceId,
      tenantId: account.tenantId,
      personId: account.personId,
      contact: change.contact,
      transport: place.transport,
      sourceAddress: place.address,
      sourcePort: place.port,
      ...(place.flowId === undefined ? {} : { flowId: place.flowId }),
      callId: read.callId,
      cseq: read.cseq,
      userAgent: read.userAgent,
      expiresAt: this.#clock.now() + change.expiresSeconds * 1000,
      ...routeOf(read, place, change),
    };
    return takesTcp(account, location) ? { ...location, alsoTcp: true } : location;
  }

  #contactHeaders(account: Account): readonly Header[] {
    const now = this.#clock.now();
    return this.#locations.ofDevice(account.deviceId).map((location) => ({
      name: 'Contact',
      value: `<${location.contact}>;expires=${Math.max(1, Math.ceil((location.expiresAt - now) / 1000))}${flowOf(location)}`,
    }));
  }
}

/** Seconds after which a flow without a sign of life is dead (RFC 5626 §5.4). */
const flowSeconds = 120;

function routeOf(read: RegisterRequest, { phone }: Place, { flow }: ContactChange): Pick<Location, 'route'> {
  if (!phone && !flow) return {};
  const path = read.path.length > 0 ? { path: read.path } : {};
  return { route: { ...path, ...(phone ? { phone } : {}), ...flow } };
}

/** RFC 3327 §5.3, RFC 5626 §6: what was understood is told to those who speak of it. */
function routeHeaders(request: SipRequest, { path, contacts }: RegisterRequest): readonly Header[] {
  const tellsPath = path.length > 0 && listsToken(request, 'Supported', 'path');
  const isOutbound = contacts !== 'all-gone' && contacts.some(({ flow, expiresSeconds }) => flow && expiresSeconds > 0);
  const outbound = [
    { name: 'Require', value: 'outbound' },
    { name: 'Flow-Timer', value: String(flowSeconds) },
  ];
  return [...(tellsPath ? path.map((value) => ({ name: 'Path', value })) : []), ...(isOutbound ? outbound : [])];
}

const flowOf = ({ route }: Location): string =>
  route?.regId === undefined ? '' : `;+sip.instance=${quote(route.instance ?? '')};reg-id=${route.regId}`;

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
