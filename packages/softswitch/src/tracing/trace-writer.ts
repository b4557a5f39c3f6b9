import type { Logger, Timers } from '@amtsleitung/base';
import type { DirectorySource, LegTrace, TraceStore } from '@amtsleitung/domain';
import type { SipMessage, TransportProtocol } from '@amtsleitung/sip';
import { maskMessage, summaryOf } from './mask-message.ts';
import { ownNames } from './own-names.ts';

export interface HeardMessage {
  /** Wall milliseconds. */
  readonly at: number;
  readonly direction: 'received' | 'sent';
  readonly message: SipMessage;
  readonly transport: TransportProtocol;
  readonly peer: string;
  readonly isPhone: boolean;
}

/** A leg that is over, with what was heard of it. */
export type HeardLeg = Omit<LegTrace, 'messages'> & { readonly messages: readonly HeardMessage[] };

export interface TraceWriterParts {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly directory: DirectorySource;
  readonly store: TraceStore;
}

/** Legs that wait to be written; more are dropped, so a burst of calls is traced in part only. */
const mostWaiting = 500;
/** Between two legs, so that masking takes a few per cent of a core at most. */
const gapMilliseconds = 25;

/** Masks traces and stores them, one after another, behind everything else. A trace that cannot be stored is lost. */
export class TraceWriter {
  readonly #parts: TraceWriterParts;
  readonly #waiting: HeardLeg[] = [];
  #running: Promise<void> | undefined;
  #isClosing = false;
  #endPause: (() => void) | undefined;
  #dropped = 0;

  constructor(parts: TraceWriterParts) {
    this.#parts = parts;
  }

  write(leg: HeardLeg): void {
    if (leg.messages.length === 0) return;
    if (this.#waiting.length >= mostWaiting) return this.#drop();
    this.#waiting.push(leg);
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Writes what waits, without pauses. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#endPause?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let leg = this.#waiting.shift(); leg; leg = this.#waiting.shift()) {
      try {
        await this.#save(leg);
      } catch (error) {
        this.#parts.logger.warn('a trace was not stored', { leg: leg.leg, error: (error as Error).name });
      }
      if (!this.#isClosing) await this.#pause();
    }
    if (this.#dropped > 0) this.#parts.logger.warn('too many calls at once to trace them all', { left: this.#dropped });
    this.#dropped = 0;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#endPause = resolve;
      this.#parts.timers.after(gapMilliseconds, resolve);
    });
  }

  #drop(): void {
    this.#dropped++;
  }

  async #save({ tenantId, callId, leg, messages }: HeardLeg): Promise<void> {
    const town = this.#parts.directory.byTenant(tenantId);
    // Switched off while the call was running.
    if (!town?.tenant.settings.traceCalls) return;
    const own = ownNames(town);
    await this.#parts.store.save({
      ...{ tenantId, callId, leg },
      messages: messages.map(({ at, direction, message, transport, peer, isPhone }) => ({
        ...{ at, direction, peer, transport },
        summary: summaryOf(message),
        text: maskMessage(message, { own, hidesAddresses: isPhone }),
      })),
    });
  }
}
