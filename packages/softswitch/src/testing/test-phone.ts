import { parseNameAddress, sdpBody, UserAgent } from '@amtsleitung/sip';
import type {
  ClientSession,
  Destination,
  Header,
  InviteOptions,
  ReofferResult,
  ServerSession,
  Session,
  SessionEnd,
  SipRequest,
  SipResponse,
  Transport,
  UserAgentOptions,
} from '@amtsleitung/sip';
import { headerValue } from '@amtsleitung/sip';
import { seededRandom } from '@amtsleitung/base/testing';
import type { VirtualClock } from '@amtsleitung/base/testing';
import { silentLogger } from '@amtsleitung/base';
import { domain } from './test-town.ts';

export const audio = (direction = 'sendrecv', address = '10.0.0.9'): string =>
  [
    'v=0',
    `o=phone 1 1 IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    'm=audio 30000 RTP/AVP 8 101',
    `a=${direction}`,
    '',
  ].join('\r\n');

export const browserAudio = audio().replace('RTP/AVP', 'UDP/TLS/RTP/SAVPF');

export const fax = audio().replace('m=audio 30000 RTP/AVP 8 101', 'm=image 30000 udptl t38');

/** One call at a test phone, with all it heard. */
export class PhoneCall<Kind extends Session = Session> {
  readonly session: Kind;
  readonly provisionals: number[] = [];
  readonly notified: string[] = [];
  accepted: SipResponse | undefined;
  ack: SipRequest | undefined;
  end: SessionEnd | undefined;

  constructor(session: Kind) {
    this.session = session;
    session.handle({
      provisional: (response) => this.provisionals.push(response.status),
      accepted: (response) => (this.accepted = response),
      acknowledged: (ack) => (this.ack = ack),
      reoffer: (reoffer) => reoffer.accept(sdpBody(audio())),
      request: (incoming) => {
        if (incoming.request.method === 'NOTIFY')
          this.notified.push(new TextDecoder().decode(incoming.request.body).trim());
        incoming.respond(200);
      },
      ended: (end) => (this.end = end),
    });
  }

  /** A re-INVITE with this description. */
  reoffer(sdp: string | undefined): Promise<ReofferResult> {
    return this.session.reoffer(sdp === undefined ? undefined : sdpBody(sdp));
  }
}

export interface TestPhoneOptions {
  readonly clock: VirtualClock;
  readonly transport: Transport;
  readonly destination: Destination;
  readonly user: string;
  readonly password: string;
  readonly seed: number;
  readonly sdp?: string;
  /** What its user agent can besides. */
  readonly agent?: Partial<UserAgentOptions>;
}

/** A phone (or a provider) that speaks only SIP: a user agent of its own. */
export class TestPhone {
  readonly options: TestPhoneOptions;
  readonly userAgent: UserAgent;
  readonly calls: PhoneCall<ServerSession>[] = [];
  /** What it does with an INVITE; by default it waits. */
  onCall: (call: PhoneCall<ServerSession>) => void = () => {};
  #cseq = 0;

  constructor(options: TestPhoneOptions) {
    const { clock, transport, seed, user } = options;
    this.options = options;
    this.userAgent = new UserAgent({
      transports: [transport],
      clock,
      timers: clock,
      random: seededRandom(seed),
      logger: silentLogger,
      contactUser: user,
      ...options.agent,
      handlers: {
        onInvite: (session) => {
          const call = new PhoneCall(session);
          this.calls.push(call);
          this.onCall(call);
        },
      },
    });
  }

  /** The one call it has. */
  get call(): PhoneCall<ServerSession> {
    const [only, ...more] = this.calls;
    if (!only || more.length > 0) throw new Error(`${this.calls.length} calls`);
    return only;
  }

  start(): Promise<void> {
    return this.userAgent.start();
  }

  register(
    parts: { expires?: number; contact?: string; to?: string; password?: string; headers?: readonly Header[] } = {},
  ): Promise<SipResponse> {
    const { user, password, destination } = this.options;
    this.#cseq += 10;
    return this.userAgent.request({
      method: 'REGISTER',
      requestUri: `sip:${domain}`,
      destination,
      from: `<sip:${user}@${domain}>`,
      to: parts.to ?? `<sip:${user}@${domain}>`,
      headers: [
        { name: 'Contact', value: parts.contact ?? this.userAgent.contactFor(destination) },
        { name: 'Expires', value: String(parts.expires ?? 600) },
        ...(parts.headers ?? []),
      ],
      credentials: { username: user, password: parts.password ?? password },
      callId: `reg-${user}`,
      cseq: this.#cseq,
    });
  }

  dial(number: string, parts: Partial<InviteOptions> = {}): PhoneCall<ClientSession> {
    const { user, password, destination, sdp } = this.options;
    return new PhoneCall(
      this.userAgent.invite({
        requestUri: `sip:${number}@${domain}`,
        destination,
        from: `"Somebody Else" <sip:${user}@${domain}>`,
        to: `<sip:${number}@${domain}>`,
        credentials: { username: user, password },
        body: sdpBody(sdp ?? audio()),
        ...parts,
      }),
    );
  }

  answer(call = this.call): void {
    call.session.accept(sdpBody(this.options.sdp ?? audio()));
  }
}

/** A header of a call's INVITE, as the phone got it. */
export const shown = (call: PhoneCall<ServerSession>, header: string): string | undefined =>
  headerValue(call.session.invite, header);

/** The URI in such a header. */
export const shownUri = (call: PhoneCall<ServerSession>, header: string): string | undefined =>
  parseNameAddress(shown(call, header) ?? '')?.uri;
