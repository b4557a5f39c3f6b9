import { systemTimers } from '@amtsleitung/base';
import type { Credentials, Header } from '@amtsleitung/sip';
import { CallInbox } from '../sip/call-inbox.ts';
import { TestAgent, type TestAgentOptions } from '../sip/test-agent.ts';
import type { TestCall } from '../sip/test-call.ts';
import type { AudioSource } from '../tone/audio-source.ts';

export interface TestTrunkOptions extends TestAgentOptions {
  /** Answers the house's challenge; undefined: known by address. */
  readonly credentials?: Credentials;
  /** What the provider does with the house's outgoing calls. Default ring. */
  readonly whenCalled?: 'nothing' | 'ring' | 'answer';
}

export interface CitizenLine {
  /** E.164 of the caller, shown in From and P-Asserted-Identity. */
  readonly from: string;
  readonly displayName?: string;
  /** Suppressed: From says anonymous, Privacy id, the number only in P-Asserted-Identity (RFC 3325 §9.3). */
  readonly anonymous?: boolean;
  readonly says?: AudioSource;
}

/** Address the demo trunk is known by. */
export const demoTrunkHost = '127.0.0.2';

/** A provider's end of a SIP trunk: hands citizens' calls in, takes the house's calls and keeps their exact INVITE. */
export class TestTrunk {
  readonly inbox: CallInbox;
  readonly #options: TestTrunkOptions;
  readonly #agent: TestAgent;

  private constructor(options: TestTrunkOptions, agent: TestAgent, inbox: CallInbox) {
    this.inbox = inbox;
    this.#options = options;
    this.#agent = agent;
  }

  static async open(options: TestTrunkOptions): Promise<TestTrunk> {
    const inbox = new CallInbox(options.timers ?? systemTimers);
    const agent = await TestAgent.open({ host: demoTrunkHost, ...options }, (call) => {
      const { whenCalled = 'ring' } = options;
      if (whenCalled !== 'nothing') call.ring();
      if (whenCalled === 'answer') call.answer();
      inbox.put(call);
    });
    return new TestTrunk(options, agent, inbox);
  }

  get host(): string {
    return this.#agent.host;
  }

  get port(): number {
    return this.#agent.port;
  }

  get calls(): readonly TestCall[] {
    return this.#agent.calls;
  }

  /** A citizen calls `number` as the provider writes it, e.g. `+49499921120`. */
  call(number: string, line: CitizenLine): Promise<TestCall> {
    const { host, port } = { host: this.#agent.destination.address, port: this.#agent.destination.port };
    return this.#agent.call({
      requestUri: `sip:${number}@${host}:${port}`,
      from: this.#from(line),
      to: `<sip:${number}@${host}>`,
      headers: this.#identity(line),
      ...(this.#options.credentials ? { credentials: this.#options.credentials } : {}),
      ...(line.says ? { says: line.says } : {}),
    });
  }

  /** The next call the house places. */
  untilCalled(timeout = 10_000): Promise<TestCall> {
    return this.inbox.next(timeout);
  }

  close(): Promise<void> {
    return this.#agent.close();
  }

  #from(line: CitizenLine): string {
    if (line.anonymous) return '"Anonymous" <sip:anonymous@anonymous.invalid>';
    const name = line.displayName === undefined ? '' : `"${line.displayName}" `;
    return `${name}<sip:${line.from}@${this.host}>`;
  }

  #identity(line: CitizenLine): readonly Header[] {
    const asserted = { name: 'P-Asserted-Identity', value: `<sip:${line.from}@${this.host}>` };
    return line.anonymous ? [asserted, { name: 'Privacy', value: 'id' }] : [asserted];
  }
}
