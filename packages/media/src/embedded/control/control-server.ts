import { chmod, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Timer, Timers } from '@amtsleitung/base';
import { MediaError, type MediaEvent } from '../../engine/media-engine.ts';
import type {
  ControlArgs,
  ControlMessage,
  ControlMethod,
  ControlMethods,
  ControlRequest,
  Greeting,
  LogLevel,
} from '../control-protocol.ts';
import type { MediaHost } from '../media-host.ts';
import { Claims } from './claims.ts';
import { LegQueues } from './leg-queues.ts';
import { LineChannel } from './line-channel.ts';

export interface ControlServerOptions {
  readonly socketPath: string;
  readonly greeting: Greeting;
  readonly timers: Timers;
  readonly claimMilliseconds: number;
  readonly idleMilliseconds: number;
  /** Ends the leg in a friendly way: nobody will do it any more. */
  readonly onUnclaimed: (leg: string) => void;
  /** Nobody is connected and nothing is left to do, or a server asked for the end. */
  readonly onFinished: () => void;
}

type Handlers = { readonly [Method in ControlMethod]: (...args: ControlArgs<Method>) => unknown };

/** Legs named by the first arguments of a method. */
const namedLegs: Readonly<Partial<Record<ControlMethod, number>>> = {
  answer: 1,
  offer: 1,
  accept: 1,
  renegotiate: 1,
  describe: 1,
  bridge: 2,
  park: 1,
  play: 1,
  stop: 1,
  sendDigits: 1,
  record: 1,
  stopRecording: 1,
  stats: 1,
};

/** The media process's end of the control socket. */
export class ControlServer {
  readonly #options: ControlServerOptions;
  readonly #host: MediaHost;
  readonly #handlers: Handlers;
  readonly #channels = new Set<LineChannel>();
  readonly #claims: Claims<LineChannel>;
  readonly #queues = new LegQueues();
  #server: Server | undefined;
  #idle: Timer | undefined;

  constructor(host: MediaHost, options: ControlServerOptions) {
    this.#host = host;
    this.#options = options;
    this.#claims = new Claims(options.timers, options.claimMilliseconds, (leg) => {
      if (host.has(leg)) options.onUnclaimed(leg);
    });
    this.#handlers = this.#bindHandlers();
  }

  /** Rejects when another living process listens there. */
  async listen(): Promise<void> {
    const { socketPath } = this.#options;
    if (await isAnswered(socketPath)) throw new Error('another media process serves this runtime folder');
    await unlink(socketPath).catch(() => {});
    const server = createServer((socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(socketPath, resolve);
    });
    await chmod(socketPath, 0o600);
    this.#server = server;
    this.#watchIdle();
  }

  /** Goes to the server that answers for the leg; with none, nobody would know what to do with it. */
  emit(event: MediaEvent): void {
    this.#claims.ownerOf(event.leg)?.send({ kind: 'event', event } satisfies ControlMessage);
  }

  log(level: LogLevel, message: string, fields: object): void {
    for (const channel of this.#channels)
      channel.send({ kind: 'log', level, message, fields } satisfies ControlMessage);
  }

  /** Stops listening and hangs up on everybody; the socket file is gone afterwards. */
  close(): void {
    this.#idle?.cancel();
    this.#server?.close();
    for (const channel of this.#channels) channel.end();
  }

  #accept(socket: Socket): void {
    const channel = new LineChannel(socket, {
      onMessage: (message) => void this.#handle(channel, message as ControlRequest),
      onClose: () => {
        this.#channels.delete(channel);
        this.#claims.release(channel);
        this.#watchIdle();
      },
    });
    this.#channels.add(channel);
    this.#idle?.cancel();
    this.#idle = undefined;
    channel.send({ kind: 'greeting', greeting: this.#options.greeting } satisfies ControlMessage);
  }

  async #handle(channel: LineChannel, request: ControlRequest): Promise<void> {
    const { id, method, args } = request;
    try {
      const result = await this.#run(channel, method, args);
      channel.send({ kind: 'result', id, result } satisfies ControlMessage);
    } catch (error) {
      const refused = error instanceof MediaError ? error : new MediaError(500, String(error));
      channel.send({
        kind: 'refused',
        id,
        sipStatus: refused.sipStatus,
        message: refused.message,
      } satisfies ControlMessage);
    }
    if (method === 'shutDown') this.#options.onFinished();
  }

  #run(channel: LineChannel, method: ControlMethod, args: readonly unknown[]): unknown {
    const handler = this.#handlers[method] as ((...args: readonly unknown[]) => unknown) | undefined;
    if (!handler) throw new MediaError(400, 'no such command');
    if (method === 'claim') return this.#claim(channel, args as ControlArgs<'claim'>);
    const legs = args.slice(0, namedLegs[method] ?? 0).map(String);
    for (const leg of legs) this.#claims.claim(leg, channel);
    // A leg can always be closed, whatever its other commands are waiting for.
    if (legs.length === 0) return handler(...args);
    return this.#queues.run(legs, () => handler(...args)).finally(() => this.#forgetGone(legs));
  }

  #bindHandlers(): Handlers {
    const host = this.#host;
    return {
      answer: (...args) => host.answer(...args),
      offer: (...args) => host.offer(...args),
      accept: (...args) => host.accept(...args),
      renegotiate: (...args) => host.renegotiate(...args),
      describe: (...args) => host.describe(...args),
      close: async (leg) => {
        // First the end of its recording is told.
        await host.close(leg);
        this.#claims.forget(leg);
        this.#watchIdle();
      },
      bridge: (...args) => host.bridge(...args),
      park: (...args) => host.park(...args),
      play: (...args) => host.play(...args),
      stop: (...args) => host.stop(...args),
      sendDigits: (...args) => host.sendDigits(...args),
      record: (...args) => host.record(...args),
      stopRecording: (...args) => host.stopRecording(...args),
      stats: (...args) => host.stats(...args),
      list: () => host.list(),
      claim: () => [],
      ping: () => {},
      shutDown: () => host.closeAll(),
    };
  }

  #claim(channel: LineChannel, [legs]: ControlArgs<'claim'>): ControlMethods['claim']['result'] {
    for (const leg of legs) if (this.#host.has(leg)) this.#claims.claim(leg, channel);
    return legs.filter((leg) => !this.#host.has(leg));
  }

  /** A command for a leg that does not exist leaves no trace. */
  #forgetGone(legs: readonly string[]): void {
    for (const leg of legs) if (!this.#host.has(leg)) this.#claims.forget(leg);
  }

  /** To be called whenever a leg or a connection has gone. */
  #watchIdle(): void {
    if (this.#idle || this.#channels.size > 0) return;
    this.#idle = this.#options.timers.after(this.#options.idleMilliseconds, () => {
      this.#idle = undefined;
      if (this.#channels.size > 0) return;
      if (this.#host.size === 0) this.#options.onFinished();
      else this.#watchIdle();
    });
  }
}

function isAnswered(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
