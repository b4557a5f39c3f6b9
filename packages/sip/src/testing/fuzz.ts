import { silentLogger } from '@amtsleitung/base';
import type { Logger, RandomSource } from '@amtsleitung/base';
import { seededRandom } from '@amtsleitung/base/testing';
import { sdpBody, textBody } from '../messages/body.ts';
import { parseMessage } from '../messages/parse-message.ts';
import { printMessage } from '../messages/print-message.ts';
import { StreamParser } from '../messages/stream-parser.ts';
import type { ServerSession, SessionHandlers } from '../user-agent/session.ts';
import { Scene, citizenHost, houseHost } from './scene.ts';
import { tortureBytes, tortureVectors } from './torture.ts';

/** What broke, and what broke it. */
export interface FuzzFault {
  readonly what: string;
  readonly bytes: string;
}

const tokens = [
  ...['\r\n', '\r\n\r\n', ';', ',', '"', '<', '>', '\\', '%00', '\u0000', '__proto__', ':', ' ', '@', '🏛', '=', '\t'],
  ...['tag=', 'branch=z9hG4bK', 'sip:', 'Content-Length: 9', 'Require: 100rel', 'Replaces: a;to-tag=b;from-tag=c'],
  ...['CANCEL', 'ACK', 'PRACK', 'UPDATE', 'SUBSCRIBE', '4294967296', '-1', '100', '200', '491', '[::1]', '0'],
];
const strangerHost = '203.0.113.66';
const messagesPerScene = 250;
/** Longest work for one message, in milliseconds; generous, for the collection of garbage falls on some. */
const slowMilliseconds = 500;

/** Sends broken messages into living calls, the same for the same seed. */
export class Fuzz {
  readonly #random: RandomSource;
  readonly #now: () => number;
  readonly #corpus: Uint8Array[] = tortureVectors.map(tortureBytes);
  /** What is being sent. */
  #current: Uint8Array = new Uint8Array(0);
  readonly faults: FuzzFault[] = [];
  sent = 0;

  /** `now`: milliseconds of work done, to find what is slow. */
  constructor(seed: number, now: () => number) {
    this.#random = seededRandom(seed);
    this.#now = now;
  }

  /** Two user agents, some calls, 250 broken messages; then everything must come to rest. */
  async round(): Promise<void> {
    const scene = await this.#scene();
    for (let call = 0; call < 3; call++) {
      scene.citizen.invite(scene.call).handle(talkative);
      await scene.pass(30);
    }
    for (let count = 0; count < messagesPerScene && this.faults.length < 10; count++) {
      this.#send(scene, this.#mutated());
      if (count % 10 === 0) await this.#live(scene);
    }
    this.#learn(scene);
    await this.#close(scene);
  }

  async #scene(): Promise<Scene> {
    const logger: Logger = {
      ...silentLogger,
      error: (message, fields) => this.#note(`${message} ${String(fields?.error)}`),
    };
    return Scene.set({
      seed: this.#random.integer(1_000_000),
      options: { supported: ['100rel', 'replaces'], logger, methods: ['MESSAGE'] },
      house: {
        eventPackages: [{ name: 'dialog' }],
        handlers: {
          onRequest: (incoming) => incoming.respond(200),
          onSubscribe: (subscription) => subscription.accept(textBody('text/plain', 'state')),
        },
      },
      onInvite: (session) => answer(session),
    });
  }

  /** Something sound happens in between. */
  async #live(scene: Scene): Promise<void> {
    const session = scene.incoming[this.#random.integer(Math.max(1, scene.incoming.length))];
    const referTo = [{ name: 'Refer-To', value: '<sip:120@example.test>' }];
    const deeds: readonly (() => void)[] = [
      () => void session?.reoffer(sdpBody('v=0 hold')),
      () => void session?.update(sdpBody('v=0 update')),
      () => void session?.request('REFER', { headers: referTo }),
      () => session?.bye(),
      () => scene.citizen.invite(scene.call).handle(talkative),
      () => scene.citizen.invite(scene.call).cancel(),
      () => void scene.citizen.request({ ...scene.call, body: undefined, ...subscribing }),
    ];
    deeds[this.#random.integer(deeds.length)]!();
    await scene.pass(20);
  }

  async #close(scene: Scene): Promise<void> {
    for (const agent of [scene.citizen, scene.house]) void agent.close();
    await scene.stage.passQuickly(500_000);
    for (const agent of [scene.citizen, scene.house]) {
      const { sessions, transactions, subscriptions } = agent.load;
      if (sessions + transactions + subscriptions > 0) this.#note(`not at rest: ${JSON.stringify(agent.load)}`);
    }
  }

  #send(scene: Scene, bytes: Uint8Array): void {
    this.#current = bytes;
    this.sent++;
    const from = this.#now();
    this.#read(bytes);
    const to = this.#random.integer(2) === 0 ? houseHost : citizenHost;
    const source = [strangerHost, houseHost, citizenHost][this.#random.integer(3)]!;
    scene.stage.network.carryBytes({ host: source, port: 5060 }, { host: to, port: 5060 }, bytes);
    scene.stage.clock.advance(2);
    if (this.#now() - from > slowMilliseconds) this.#note('slow');
  }

  #read(bytes: Uint8Array): void {
    try {
      new StreamParser().push(bytes);
      const outcome = parseMessage(bytes);
      if (outcome.kind !== 'message') return;
      if (parseMessage(printMessage(outcome.message)).kind !== 'message') this.#note('printed unreadable');
    } catch (error) {
      this.#note(`threw ${String(error)}`);
    }
  }

  #note(what: string): void {
    this.faults.push({ what, bytes: Buffer.from(this.#current).toString('base64') });
  }

  /** What went to and fro is the best start for the next round: its tags and numbers were alive. */
  #learn(scene: Scene): void {
    const { sent } = scene.stage.network;
    for (let count = 0; count < 30 && sent.length > 0; count++) {
      const place = tortureVectors.length + this.#random.integer(300);
      const bytes = printMessage(sent[this.#random.integer(sent.length)]!.message);
      if (place < this.#corpus.length) this.#corpus[place] = bytes;
      else this.#corpus.push(bytes);
    }
  }

  #mutated(): Uint8Array {
    let bytes = Buffer.from(this.#corpus[this.#random.integer(this.#corpus.length)]!);
    for (let count = this.#random.integer(4); count > 0; count--) {
      const at = this.#random.integer(bytes.length + 1);
      const token = Buffer.from(tokens[this.#random.integer(tokens.length)]!.repeat(1 + this.#random.integer(3)));
      const tail = bytes.subarray(Math.min(bytes.length, at + this.#random.integer(8)));
      bytes = Buffer.concat([bytes.subarray(0, at), this.#random.integer(4) === 0 ? Buffer.alloc(0) : token, tail]);
    }
    return bytes;
  }
}

const subscribing = { method: 'SUBSCRIBE', headers: [{ name: 'Event', value: 'dialog' }] };

const talkative: SessionHandlers = {
  reoffer: (reoffer) => reoffer.accept(sdpBody('v=0 changed')),
  refer: (refer) => {
    refer.accept();
    refer.notify(200);
  },
  request: (incoming) => incoming.respond(200),
};

function answer(session: ServerSession): void {
  session.handle(talkative);
  session.provisional(183, { body: sdpBody('v=0 early') });
  session.accept(sdpBody('v=0 answer'));
}
