import { silentLogger } from '@amtsleitung/base';
import { seededRandom } from '@amtsleitung/base/testing';
import type { Trunk } from '@amtsleitung/domain';
import { staticTrunkSettings } from '@amtsleitung/domain';
import {
  DigestVerifier,
  ha1,
  headerValue,
  NoServerError,
  parseNameAddress,
  sdpBody,
  UserAgent,
} from '@amtsleitung/sip';
import type {
  ClientSession,
  Destination,
  Header,
  Locator,
  LocateTarget,
  ServerSession,
  SipRequest,
  SipResponse,
  Source,
} from '@amtsleitung/sip';
import type { LossyNetwork } from '@amtsleitung/sip/testing';
import type { VirtualClock } from '@amtsleitung/base/testing';
import { audio, PhoneCall } from './test-phone.ts';

export const account = { username: '+49199100200300', password: 'trunk-secret', realm: 'provider.example' };

/** A trunk that registers at `provider.example`. */
export const registeringTrunk: Trunk = {
  id: 'block',
  tenantId: 'town',
  name: 'Rufnummernblock',
  host: 'provider.example',
  transport: 'udp',
  sourceAddresses: [],
  username: account.username,
  password: account.password,
  outgoingCapacity: 5,
  settings: { ...staticTrunkSettings, registerSeconds: 600, dialledFrom: ['request-uri', 'to'] },
};

export interface Answer {
  readonly status: number;
  readonly headers?: readonly Header[];
}

/** One server of a provider: registrar and proxy in one. */
export class TestProvider {
  readonly server: Destination;
  readonly userAgent: UserAgent;
  readonly registers: SipRequest[] = [];
  readonly options: SipRequest[] = [];
  readonly calls: PhoneCall<ServerSession>[] = [];
  /** What it does with a proven REGISTER; undefined: says nothing. */
  onRegister: (request: SipRequest) => Answer = (request) => ({
    status: 200,
    headers: [
      { name: 'Contact', value: headerValue(request, 'Contact') ?? '' },
      { name: 'Expires', value: '600' },
    ],
  });
  onOptions: () => Answer = () => ({ status: 200 });
  onCall: (call: PhoneCall<ServerSession>) => void = (call) => call.session.accept(sdpBody(audio()));
  /** Where the house is registered, and as what. */
  binding: { readonly source: Source; readonly contact: string } | undefined;

  constructor(network: LossyNetwork, clock: VirtualClock, host: string) {
    this.server = { transport: 'udp', address: host, port: 5060 };
    const verifier = new DigestVerifier({ clock, random: seededRandom(7), algorithms: ['SHA-256', 'MD5'] });
    const { username, password, realm } = account;
    const secrets = { md5: ha1('MD5', username, realm, password), sha256: ha1('SHA-256', username, realm, password) };
    this.userAgent = new UserAgent({
      transports: [network.transport(host, 5060)],
      clock,
      timers: clock,
      random: seededRandom(9),
      logger: silentLogger,
      methods: ['REGISTER', 'OPTIONS'],
      handlers: {
        screen: (request, { address }) => {
          if (request.method !== 'REGISTER') return 'pass';
          const secretsOf = (name: string) => (name === username ? secrets : undefined);
          const verdict = verifier.verify(request, { realm, role: 'user', binding: address, secretsOf });
          return verdict.accepted ? 'pass' : { status: verdict.status, headers: verdict.headers };
        },
        onRequest: (incoming) => {
          const { request, source } = incoming;
          const answer = request.method === 'OPTIONS' ? this.#option(request) : this.#register(request, source);
          incoming.respond(answer.status, { headers: answer.headers ?? [] });
        },
        onInvite: (session) => {
          const call = new PhoneCall(session);
          this.calls.push(call);
          this.onCall(call);
        },
      },
    });
  }

  /** A citizen calls `number`: the INVITE goes to the registered contact. */
  call(number: string, headers: readonly Header[] = []): PhoneCall<ClientSession> {
    const { source, contact } = this.binding!;
    return new PhoneCall(
      this.userAgent.invite({
        requestUri: contact,
        destination: source,
        from: '<sip:+491713920042@provider.example>',
        to: `<sip:${number}@provider.example>`,
        headers,
        body: sdpBody(audio()),
      }),
    );
  }

  ask(options: Parameters<UserAgent['request']>[0]): Promise<SipResponse> {
    return this.userAgent.request(options);
  }

  #option(request: SipRequest): Answer {
    this.options.push(request);
    return this.onOptions();
  }

  #register(request: SipRequest, source: Source): Answer {
    this.registers.push(request);
    const answer = this.onRegister(request);
    const contact = parseNameAddress(headerValue(request, 'Contact') ?? '')?.uri ?? '';
    if (answer.status === 200) this.binding = { source, contact };
    return answer;
  }
}

/** Names and their servers, without a name service. */
export class TestLocator implements Locator {
  readonly servers = new Map<string, readonly Destination[]>();
  readonly #failed = new Set<string>();

  locate({ host }: LocateTarget): Promise<readonly Destination[]> {
    const all = this.servers.get(host);
    if (!all) return Promise.reject(new NoServerError('unknown'));
    const isFailed = ({ address }: Destination): boolean => this.#failed.has(address);
    return Promise.resolve([...all.filter((one) => !isFailed(one)), ...all.filter(isFailed)]);
  }

  reportFailure({ address }: Destination): void {
    this.#failed.add(address);
  }

  reportSuccess({ address }: Destination): void {
    this.#failed.delete(address);
  }
}
