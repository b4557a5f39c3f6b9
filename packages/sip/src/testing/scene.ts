import { sdpBody } from '../messages/body.ts';
import { sipRequest, sipResponse } from '../messages/sip-message.ts';
import type { SipMessage, SipRequest, SipResponse } from '../messages/sip-message.ts';
import type { ClientSession, ServerSession, SessionHandlers } from '../user-agent/session.ts';
import type { UserAgent } from '../user-agent/user-agent.ts';
import type { InviteOptions, UserAgentOptions } from '../user-agent/user-agent-options.ts';
import type { Datagram } from './lossy-network.ts';
import { Stage, callTo } from './stage.ts';

/** Where the two sides of a scene are. */
export const citizenHost = '198.51.100.1';
export const houseHost = '198.51.100.2';

export interface SceneOptions {
  /** Of the network's faults. */
  readonly seed?: number;
  readonly onInvite?: (session: ServerSession) => void;
  /** For both sides. */
  readonly options?: Partial<UserAgentOptions>;
  readonly house?: Partial<UserAgentOptions>;
  readonly citizen?: Partial<UserAgentOptions>;
}

/** A citizen and a house that can call each other, and what travels between them. */
export class Scene {
  readonly stage: Stage;
  readonly call: InviteOptions = callTo(houseHost);
  /** What the house was called with, in order. */
  readonly incoming: ServerSession[] = [];
  house!: UserAgent;
  citizen!: UserAgent;

  private constructor(seed: number | undefined) {
    this.stage = new Stage(seed);
  }

  static async set(options: SceneOptions = {}): Promise<Scene> {
    const scene = new Scene(options.seed);
    const onInvite = (session: ServerSession) => {
      scene.incoming.push(session);
      options.onInvite?.(session);
    };
    const house = { ...options.options, ...options.house };
    scene.house = await scene.stage.agent(houseHost, { ...house, handlers: { ...house.handlers, onInvite } });
    scene.citizen = await scene.stage.agent(citizenHost, { ...options.options, ...options.citizen });
    return scene;
  }

  /** Answers at once and waits until the call is up; then nothing has been sent. */
  static async established(
    theirs: SessionHandlers = {},
    ours: SessionHandlers = {},
    options: SceneOptions = {},
  ): Promise<Scene & { readonly session: ClientSession }> {
    const scene = await Scene.set({
      ...options,
      onInvite: (session) => {
        session.handle(theirs);
        session.accept(sdpBody('v=0 answer'));
      },
    });
    const session = scene.citizen.invite(scene.call);
    session.handle(ours);
    await scene.pass(50);
    scene.stage.network.sent.length = 0;
    return Object.assign(scene, { session });
  }

  pass(milliseconds: number): Promise<void> {
    return this.stage.pass(milliseconds);
  }

  get sent(): readonly string[] {
    return this.stage.sent;
  }

  requests(method: string): readonly SipRequest[] {
    return this.#messages().filter((one): one is SipRequest => one.kind === 'request' && one.method === method);
  }

  responses(status: number): readonly SipResponse[] {
    return this.#messages().filter((one): one is SipResponse => one.kind === 'response' && one.status === status);
  }

  /** Something forged on its way to the house. */
  toHouse(message: SipMessage): void {
    this.stage.network.carry({ host: citizenHost, port: 5060 }, { host: houseHost, port: 5060 }, message);
  }

  /** Something forged on its way to the citizen. */
  toCitizen(message: SipMessage): void {
    this.stage.network.carry({ host: houseHost, port: 5060 }, { host: citizenHost, port: 5060 }, message);
  }

  /** Loses what this says true to. */
  lose(isLost: (message: SipMessage, datagram: Datagram) => boolean): void {
    this.stage.network.filter = (datagram) => !isLost(datagram.message, datagram);
  }

  #messages(): readonly SipMessage[] {
    return this.stage.network.sent.map(({ message }) => message);
  }
}

/** `message` with headers set to other values; undefined takes one out. */
export function changed<Message extends SipMessage>(
  message: Message,
  values: Readonly<Record<string, string | undefined>>,
): Message {
  const kept = message.headers.flatMap((header) => {
    if (!(header.name in values)) return [header];
    const value = values[header.name];
    return value === undefined ? [] : [{ name: header.name, value }];
  });
  const present = new Set(message.headers.map((header) => header.name));
  const added = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || present.has(name) ? [] : [{ name, value }],
  );
  const headers = [...kept, ...added];
  return (
    message.kind === 'request'
      ? sipRequest(message.method, message.uri, headers, message.body)
      : sipResponse(message.status, message.reason, headers, message.body)
  ) as Message;
}

/** `message` as if sent anew: another branch. */
export function rebranched(message: SipRequest, branch: string): SipRequest {
  const headers = message.headers.map((header) =>
    header.name === 'Via'
      ? { name: 'Via', value: header.value.replace(/branch=[^;]+/, `branch=z9hG4bK${branch}`) }
      : header,
  );
  return sipRequest(message.method, message.uri, headers, message.body);
}
