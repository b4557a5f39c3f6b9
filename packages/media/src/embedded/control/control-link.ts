import { connect } from 'node:net';
import type { Timer, Timers } from '@amtsleitung/base';
import { MediaError, type MediaEvent } from '../../engine/media-engine.ts';
import type {
  ControlArgs,
  ControlMessage,
  ControlMethod,
  ControlResult,
  Greeting,
  LogLevel,
} from '../control-protocol.ts';
import { LineChannel } from './line-channel.ts';

const answerMilliseconds = 8000;
const greetingMilliseconds = 3000;

export interface ControlLinkEvents {
  onEvent(event: MediaEvent): void;
  onLog(level: LogLevel, message: string, fields: object): void;
  /** Once, after the link was up. */
  onClose(): void;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: MediaError) => void;
  readonly timer: Timer;
}

/** The server's end of one connection to a media process. */
export class ControlLink {
  readonly #timers: Timers;
  readonly #waiting = new Map<number, Waiting>();
  #channel!: LineChannel;
  #greeting!: Greeting;
  #open = true;
  #nextId = 1;

  private constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Undefined when nothing living listens there. */
  static open(socketPath: string, timers: Timers, events: ControlLinkEvents): Promise<ControlLink | undefined> {
    const link = new ControlLink(timers);
    return new Promise((resolve) => {
      const socket = connect(socketPath);
      const patience = timers.after(greetingMilliseconds, () => socket.destroy());
      let greeted = false;
      link.#channel = new LineChannel(socket, {
        onMessage: (message) => {
          const received = message as ControlMessage;
          if (received.kind === 'greeting') {
            greeted = true;
            link.#greeting = received.greeting;
            patience.cancel();
            resolve(link);
          } else link.#receive(received, events);
        },
        onClose: () => {
          link.#close();
          patience.cancel();
          if (greeted) events.onClose();
          else resolve(undefined);
        },
      });
    });
  }

  get greeting(): Greeting {
    return this.#greeting;
  }

  /** Rejects with the engine's `MediaError`; 503 when the process does not answer or is gone. */
  ask<Method extends ControlMethod>(method: Method, args: ControlArgs<Method>): Promise<ControlResult<Method>> {
    if (!this.#open) return Promise.reject(new MediaError(503, 'media process is gone'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = this.#timers.after(answerMilliseconds, () => {
        this.#waiting.delete(id);
        reject(new MediaError(503, `media process does not answer: ${method}`));
      });
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject, timer });
      this.#channel.send({ id, method, args });
    });
  }

  destroy(): void {
    this.#channel.destroy();
  }

  #receive(message: Exclude<ControlMessage, { kind: 'greeting' }>, events: ControlLinkEvents): void {
    if (message.kind === 'event') events.onEvent(message.event);
    else if (message.kind === 'log') events.onLog(message.level, message.message, message.fields);
    else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      waiting?.timer.cancel();
      if (message.kind === 'result') waiting?.resolve(message.result);
      else waiting?.reject(new MediaError(message.sipStatus, message.message));
    }
  }

  #close(): void {
    this.#open = false;
    for (const { reject, timer } of this.#waiting.values()) {
      timer.cancel();
      reject(new MediaError(503, 'media process is gone'));
    }
    this.#waiting.clear();
  }
}
