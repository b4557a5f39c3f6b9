import { silentLogger } from '@amtsleitung/base';
import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import { sdpBody, sdpOf } from '../messages/body.ts';
import type { SessionEnd, SessionHandlers } from '../user-agent/session.ts';
import { UserAgent } from '../user-agent/user-agent.ts';
import type { InviteOptions, UserAgentOptions } from '../user-agent/user-agent-options.ts';
import { LossyNetwork } from './lossy-network.ts';

const stepMilliseconds = 10;
const longStepMilliseconds = 250;
/** Promise chains between two steps are shorter than this. */
const settlingTurns = 8;

/** Clock, network and user agents for a test, all under its control. */
export class Stage {
  readonly clock = new VirtualClock();
  readonly network: LossyNetwork;
  #seed = 1;

  constructor(seed = 3) {
    this.network = new LossyNetwork(this.clock, seededRandom(seed));
  }

  /** A started user agent at `host`, port 5060. */
  async agent(host: string, options: Partial<UserAgentOptions> = {}): Promise<UserAgent> {
    const agent = new UserAgent({
      transports: [this.network.transport(host)],
      clock: this.clock,
      timers: this.clock,
      random: seededRandom(this.#seed++),
      logger: silentLogger,
      handlers: {},
      ...options,
    });
    await agent.start();
    return agent;
  }

  /** Lets time pass in steps of 10 ms and promises settle in between. */
  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= stepMilliseconds) {
      this.clock.advance(Math.min(stepMilliseconds, left));
      for (let turn = 0; turn < settlingTurns; turn++) await Promise.resolve();
    }
  }

  /** Lets much time pass, from timer to timer, as long as any is pending. */
  async passQuickly(milliseconds: number): Promise<void> {
    const end = this.clock.monotonic() + milliseconds;
    while (this.clock.monotonic() < end && this.clock.pendingTimers > 0) {
      this.clock.advance(longStepMilliseconds);
      for (let turn = 0; turn < settlingTurns; turn++) await Promise.resolve();
    }
  }

  /** Methods and statuses sent so far, in order. */
  get sent(): readonly string[] {
    return this.network.sent.map(({ message }) =>
      message.kind === 'request' ? message.method : String(message.status),
    );
  }
}

/** A call to extension 115 of the user agent at `host`. */
export function callTo(host: string): InviteOptions {
  return {
    requestUri: `sip:115@${host}`,
    destination: { transport: 'udp', address: host, port: 5060 },
    from: '"Eva Musterfrau" <sip:eva@example.test>',
    to: `<sip:115@${host}>`,
    body: sdpBody('v=0 offer'),
  };
}

/** Session handlers that write down what they hear. */
export class Diary {
  readonly heard: string[] = [];
  readonly ends: SessionEnd[] = [];
  readonly handlers: SessionHandlers;

  constructor(extra: SessionHandlers = {}) {
    this.handlers = {
      provisional: (response) => this.heard.push(`provisional ${response.status}`),
      accepted: (response) => this.heard.push(`accepted ${sdpOf(response)}`),
      acknowledged: (ack) => this.heard.push(`acknowledged ${sdpOf(ack) ?? ''}`.trim()),
      ended: (end) => {
        this.heard.push(`ended ${end.by} ${end.cause}`);
        this.ends.push(end);
      },
      ...extra,
    };
  }
}
