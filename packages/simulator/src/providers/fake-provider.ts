import { silentLogger, systemClock, systemRandom, systemTimers } from '@amtsleitung/base';
import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';
import { UserAgent, sdpBody, sdpOf } from '@amtsleitung/sip';
import type {
  ClientSession,
  Destination,
  IncomingRequest,
  ScreenVerdict,
  ServerSession,
  SipRequest,
  SipResponse,
  Source,
  Transport,
} from '@amtsleitung/sip';
import { FaultList } from './fault-list.ts';
import { judgeOutgoing } from './outgoing-identity.ts';
import { securityFlaw } from './media-security.ts';
import { ProviderCall } from './provider-call.ts';
import type { DescribeMedia } from './provider-call.ts';
import { ProviderRegistrar } from './provider-registrar.ts';
import type { ProviderFault, ProviderScript } from './provider-script.ts';
import { incomingInvite } from './incoming-invite.ts';
import type { Citizen } from './incoming-invite.ts';
import { hasKeys, providerSdp } from './provider-sdp.ts';

export interface FakeProviderOptions {
  readonly script: ProviderScript;
  /** One per server of the provider: the first is the one its name service names first. */
  readonly servers: readonly Transport[];
  /** Where the house listens, for calls over a static trunk. */
  readonly house?: Destination;
  readonly describe?: DescribeMedia;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly random?: RandomSource;
  readonly logger?: Logger;
}

/** A request that was answered with an error, and why. */
export interface Refusal {
  readonly method: string;
  readonly status: number;
  readonly why: string;
}

/** A provider's end of a trunk that keeps to its script: strict where its document is, and faulty when told so. */
export class FakeProvider {
  readonly script: ProviderScript;
  readonly registrar: ProviderRegistrar;
  /** Calls of the house that came through, oldest first. */
  readonly calls: ProviderCall<ServerSession>[] = [];
  readonly refusals: Refusal[] = [];
  /** Every request outside a dialog that arrived, with the server's number, e.g. `INVITE 0`. */
  readonly heard: string[] = [];
  /** What happens with a call of the house; default: it rings. */
  onCall: (call: ProviderCall<ServerSession>) => void = (call) => call.ring();
  readonly #options: FakeProviderOptions;
  readonly #servers: readonly UserAgent[];
  readonly #faults = new FaultList();
  readonly #describe: DescribeMedia;

  constructor(options: FakeProviderOptions) {
    this.#options = options;
    this.script = options.script;
    const { clock = systemClock, random = systemRandom } = options;
    this.registrar = new ProviderRegistrar(options.script, { clock, random });
    this.#describe = options.describe ?? ((offer) => providerSdp(options.script, offer));
    this.#servers = options.servers.map((transport, server) => this.#server(transport, server));
  }

  static async open(options: FakeProviderOptions): Promise<FakeProvider> {
    const provider = new FakeProvider(options);
    await provider.start();
    return provider;
  }

  async start(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.start()));
  }

  /** From now on something goes wrong. */
  fail(fault: ProviderFault): void {
    this.#faults.add(fault);
  }

  heal(): void {
    this.#faults.clear();
  }

  /** A citizen calls one of the customer's numbers, given as E.164. Throws when the house is not registered. */
  call(number: string, citizen: Citizen): ProviderCall<ClientSession> {
    const binding = this.registrar.binding;
    const destination = binding?.source ?? this.#options.house;
    if (!destination || (this.script.account && !binding)) throw new Error('the house is not registered');
    const invite = incomingInvite(this.script, { number, citizen, contact: binding?.contact, destination });
    const session = this.#servers[binding?.server ?? 0]!.invite({
      ...invite,
      destination,
      body: sdpBody(this.#describe()),
    });
    return new ProviderCall(session, this.#describe);
  }

  /** Asks the house whether it lives (OPTIONS). */
  ping(): Promise<SipResponse> {
    const { domain } = this.script;
    const destination = this.registrar.binding?.source ?? this.#options.house;
    if (!destination) throw new Error('the house is not registered');
    return this.#servers[0]!.request({
      method: 'OPTIONS',
      requestUri: `sip:${destination.address}:${destination.port}`,
      from: `<sip:ping@${domain}>`,
      to: `<sip:${destination.address}>`,
      destination,
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  #server(transport: Transport, server: number): UserAgent {
    const { clock = systemClock, timers = systemTimers, random = systemRandom, logger = silentLogger } = this.#options;
    const { sessionExpires, mediasec } = this.script;
    return new UserAgent({
      transports: [transport],
      clock,
      timers,
      random,
      logger,
      methods: ['REGISTER', 'OPTIONS'],
      supported: mediasec ? ['mediasec'] : [],
      ...(sessionExpires === undefined ? {} : { sessionExpires }),
      handlers: {
        screen: (request, source) => this.#screen(request, source, server),
        onRequest: (incoming) => this.#answer(incoming, server),
        onInvite: (session) => this.#connect(session),
        onFlowClosed: (flowId) => this.registrar.flowClosed(flowId),
      },
    });
  }

  #screen(request: SipRequest, source: Source, server: number): ScreenVerdict {
    this.heard.push(`${request.method} ${server}`);
    const fault = this.#faults.next(request.method, server);
    if (fault?.answer === 'silence') return 'drop';
    if (fault) return this.#refuse(request, fault.answer, 'told to', fault.headers);
    if (request.method === 'REGISTER') return this.#passOr(request, this.registrar.judge(request));
    return request.method === 'INVITE' ? this.#screenInvite(request, source, server) : 'pass';
  }

  #screenInvite(request: SipRequest, source: Source, server: number): ScreenVerdict {
    const { script, registrar } = this;
    const { binding } = registrar;
    if (script.account && !binding) return this.#refuse(request, 403, 'not registered');
    if (script.bindsToServer && binding && binding.server !== server)
      return this.#refuse(request, 403, 'another server holds the registration');
    if (script.account && binding && binding.source.address !== source.address)
      return this.#refuse(request, 403, 'not from where the registration came');
    const challenge = script.challengesInvite ? registrar.challenge(request) : undefined;
    if (challenge) return challenge;
    const verdict = judgeOutgoing(request, script);
    if (!verdict.connects) return this.#refuse(request, verdict.status, verdict.why);
    const flaw = securityFlaw(request, script, sdpOf(request));
    if (flaw) return this.#refuse(request, 494, flaw);
    const isKeyed = hasKeys(sdpOf(request) ?? '');
    if (script.srtp === 'required' && !isKeyed) return this.#refuse(request, 488, 'no SRTP keys');
    return script.srtp === 'off' && isKeyed ? this.#refuse(request, 488, 'SRTP is not spoken here') : 'pass';
  }

  #passOr(request: SipRequest, verdict: ScreenVerdict): ScreenVerdict {
    const isError = typeof verdict === 'object' && verdict.status !== 401 && verdict.status !== 407;
    if (isError) this.refusals.push({ method: request.method, status: verdict.status, why: 'registrar' });
    return verdict;
  }

  #refuse(request: SipRequest, status: number, why: string, headers?: ProviderFault['headers']): ScreenVerdict {
    this.refusals.push({ method: request.method, status, why });
    return { status, ...(headers ? { headers } : {}) };
  }

  #answer(incoming: IncomingRequest, server: number): void {
    if (incoming.request.method === 'OPTIONS') return incoming.respond(200);
    incoming.respond(200, { headers: this.registrar.bind(incoming.request, incoming.source, server) });
  }

  #connect(session: ServerSession): void {
    const verdict = judgeOutgoing(session.invite, this.script);
    if (!verdict.connects) return session.reject(verdict.status);
    const call = new ProviderCall(session, this.#describe, verdict);
    this.calls.push(call);
    this.onCall(call);
  }
}
