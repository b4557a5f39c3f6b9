import {
  silentLogger,
  systemClock,
  systemRandom,
  systemTimers,
  type Clock,
  type Logger,
  type RandomSource,
  type Timers,
} from '@amtsleitung/base';
import {
  TcpTransport,
  UdpTransport,
  UserAgent,
  sdpBody,
  type Credentials,
  type Destination,
  type Header,
  type OutOfDialogOptions,
  type ServerSession,
  type SipResponse,
} from '@amtsleitung/sip';
import { FrameClock } from '../rtp/frame-clock.ts';
import { printPhoneSdp } from '../rtp/phone-sdp.ts';
import { RtpTonePeer } from '../rtp/rtp-tone-peer.ts';
import { silenceSource, type AudioSource } from '../tone/audio-source.ts';
import { TestCall } from './test-call.ts';

/** Where the house's SIP listens. */
export interface ServerAddress {
  /** An IP address. */
  readonly host: string;
  readonly udp: number;
  readonly tcp: number;
}

export interface TestAgentOptions {
  readonly server: ServerAddress;
  readonly transport?: 'udp' | 'tcp';
  /** Local address; default 127.0.0.1. */
  readonly host?: string;
  /** Local port; default any. */
  readonly port?: number;
  /** What each call says at first; default silence. */
  readonly says?: () => AudioSource;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly random?: RandomSource;
  readonly logger?: Logger;
  /** Share one among many agents. */
  readonly frames?: FrameClock;
}

export interface OutgoingCall {
  readonly requestUri: string;
  readonly from: string;
  readonly to: string;
  readonly headers?: readonly Header[];
  readonly credentials?: Credentials;
  /** What this call says instead of the agent's own. */
  readonly says?: AudioSource;
}

/** A SIP user agent with G.711 on real sockets: what test phones and test trunks are made of. */
export class TestAgent {
  readonly timers: Timers;
  readonly destination: Destination;
  readonly #options: TestAgentOptions;
  readonly #agent: UserAgent;
  readonly #transport: UdpTransport | TcpTransport;
  readonly #frames: FrameClock;
  readonly #calls = new Set<TestCall>();
  #onCall: (call: TestCall) => void = () => {};

  private constructor(options: TestAgentOptions) {
    this.#options = options;
    this.timers = options.timers ?? systemTimers;
    const clock = options.clock ?? systemClock;
    this.#frames = options.frames ?? new FrameClock(clock, this.timers);
    const { server, transport = 'udp', host = '127.0.0.1', port = 0 } = options;
    const binding = { address: host, port };
    this.#transport = transport === 'udp' ? new UdpTransport(binding) : new TcpTransport(binding);
    this.destination = { transport, address: server.host, port: transport === 'udp' ? server.udp : server.tcp };
    this.#agent = new UserAgent({
      transports: [this.#transport],
      clock,
      timers: this.timers,
      random: options.random ?? systemRandom,
      logger: options.logger ?? silentLogger,
      handlers: { onInvite: (session) => void this.#receive(session) },
    });
  }

  /** `onCall` gets every incoming call, unanswered. */
  static async open(options: TestAgentOptions, onCall: (call: TestCall) => void): Promise<TestAgent> {
    const agent = new TestAgent(options);
    agent.#onCall = onCall;
    await agent.#agent.start();
    return agent;
  }

  get host(): string {
    return this.#options.host ?? '127.0.0.1';
  }

  get port(): number {
    return this.#transport.port;
  }

  /** Calls that are not over. */
  get calls(): readonly TestCall[] {
    return [...this.#calls];
  }

  contact(user: string): string {
    return this.#agent.contactFor(this.destination, user);
  }

  async call(outgoing: OutgoingCall): Promise<TestCall> {
    const rtp = await this.#openRtp(outgoing.says);
    const { requestUri, from, to, headers, credentials } = outgoing;
    const session = this.#agent.invite({
      requestUri,
      from,
      to,
      destination: this.destination,
      body: sdpBody(printPhoneSdp(rtp.described(), 1)),
      ...(headers ? { headers } : {}),
      ...(credentials ? { credentials } : {}),
    });
    return this.#keep(new TestCall(session, rtp, this.timers));
  }

  request(options: Omit<OutOfDialogOptions, 'destination'>): Promise<SipResponse> {
    return this.#agent.request({ ...options, destination: this.destination });
  }

  /** Ends all calls and gives the sockets back. */
  async close(): Promise<void> {
    await this.#agent.close();
    for (const call of this.#calls) call.rtp.close();
  }

  async #receive(session: ServerSession): Promise<void> {
    const rtp = await this.#openRtp();
    const call = this.#keep(new TestCall(session, rtp, this.timers));
    this.#onCall(call);
  }

  #keep(call: TestCall): TestCall {
    this.#calls.add(call);
    void call.untilEnded(2 ** 31 - 1).then(() => this.#calls.delete(call));
    return call;
  }

  #openRtp(says?: AudioSource): Promise<RtpTonePeer> {
    const { host, clock, random } = this.#options;
    return RtpTonePeer.open({
      ...(host === undefined ? {} : { host }),
      ...(clock === undefined ? {} : { clock }),
      ...(random === undefined ? {} : { random }),
      timers: this.timers,
      frames: this.#frames,
      says: says ?? this.#options.says?.() ?? silenceSource,
    });
  }
}
