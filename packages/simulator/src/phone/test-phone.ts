import { systemTimers } from '@amtsleitung/base';
import { headerValue, type Header, type SipResponse } from '@amtsleitung/sip';
import { TestAgent, type TestAgentOptions } from '../sip/test-agent.ts';
import type { TestCall } from '../sip/test-call.ts';
import { CallInbox } from '../sip/call-inbox.ts';
import type { AudioSource } from '../tone/audio-source.ts';

export interface PhoneAccount {
  readonly user: string;
  readonly password: string;
  /** SIP domain of the tenant, e.g. `musterstadt.example`. */
  readonly domain: string;
}

export interface TestPhoneOptions extends TestAgentOptions {
  readonly account: PhoneAccount;
  readonly displayName?: string;
  /** What it does when called: nothing, ring (180), or ring and pick up. Default ring. */
  readonly whenCalled?: 'nothing' | 'ring' | 'answer';
  /** Seconds a registration is asked for; default 3600. */
  readonly expires?: number;
}

/** A desk phone: registers with digest, calls and is called. */
export class TestPhone {
  readonly inbox: CallInbox;
  readonly #options: TestPhoneOptions;
  readonly #agent: TestAgent;
  #cseq = 1;
  readonly #registrationId: string;
  readonly #registrationTag: string;

  private constructor(options: TestPhoneOptions, agent: TestAgent, inbox: CallInbox) {
    this.#options = options;
    this.#agent = agent;
    this.inbox = inbox;
    this.#registrationId = `reg-${agent.port}-${options.account.user}@${agent.host}`;
    this.#registrationTag = `phone${agent.port}`;
  }

  /** Opens its sockets; it is not registered yet. */
  static async open(options: TestPhoneOptions): Promise<TestPhone> {
    const inbox = new CallInbox(options.timers ?? systemTimers);
    const agent = await TestAgent.open(options, (call) => {
      const { whenCalled = 'ring' } = options;
      if (whenCalled !== 'nothing') call.ring();
      if (whenCalled === 'answer') call.answer();
      inbox.put(call);
    });
    return new TestPhone(options, agent, inbox);
  }

  /** Calls that are not over. */
  get calls(): readonly TestCall[] {
    return this.#agent.calls;
  }

  get port(): number {
    return this.#agent.port;
  }

  /** REGISTER; resolves with the registrar's final answer. `expires` 0 removes the registration. */
  register(expires = this.#options.expires ?? 3600): Promise<SipResponse> {
    const { user, password, domain } = this.#options.account;
    // The answer to a challenge takes a number of its own.
    const cseq = (this.#cseq += 2);
    return this.#agent.request({
      method: 'REGISTER',
      requestUri: `sip:${domain}`,
      from: this.#identity(),
      to: this.#identity(),
      fromTag: this.#registrationTag,
      callId: this.#registrationId,
      cseq,
      credentials: { username: user, password },
      headers: [
        { name: 'Contact', value: this.#agent.contact(user) },
        { name: 'Expires', value: String(expires) },
      ],
    });
  }

  /** As `register`, but rejects unless it was accepted. Resolves with the seconds granted. */
  async mustRegister(): Promise<number> {
    const response = await this.register();
    if (response.status !== 200) throw new Error(`REGISTER was answered with ${response.status} ${response.reason}`);
    const contact = headerValue(response, 'Contact') ?? '';
    return Number(/;expires=(\d+)/i.exec(contact)?.[1] ?? headerValue(response, 'Expires') ?? 0);
  }

  /** Dials an extension or number. */
  call(number: string, says?: AudioSource, headers: readonly Header[] = []): Promise<TestCall> {
    const { user, password, domain } = this.#options.account;
    return this.#agent.call({
      requestUri: `sip:${number}@${domain}`,
      from: this.#identity(),
      to: `<sip:${number}@${domain}>`,
      credentials: { username: user, password },
      headers,
      ...(says ? { says } : {}),
    });
  }

  /** The next incoming call, past ones not handed out before included. */
  untilCalled(timeout = 10_000): Promise<TestCall> {
    return this.inbox.next(timeout);
  }

  close(): Promise<void> {
    return this.#agent.close();
  }

  #identity(): string {
    const { user, domain } = this.#options.account;
    const name = this.#options.displayName;
    return `${name === undefined ? '' : `"${name}" `}<sip:${user}@${domain}>`;
  }
}
