import type { Logger, Timers } from '@amtsleitung/base';
import type { DirectorySource, LegTrace, TraceStore } from '@amtsleitung/domain';
import type { SipMessage, TransportProtocol } from '@amtsleitung/sip';
import { maskMessage, summaryOf } from './mask-message.ts';
import { ownNames, type OwnNames } from './own-names.ts';

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
/** Legs that are stored by one statement. */
const mostTogether = 20;
/** Between two statements: so masking takes a few per cent of a core at most, and the database few steps. */
const gatherMilliseconds = 500;
/** Legs that are masked in one go; calls come between. */
const mostAtOnce = 4;

/** Masks traces and stores them, some at a time, behind everything else. Traces that cannot be stored are lost. */
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
    while (this.#waiting.length > 0) {
      await this.#pause(gatherMilliseconds);
      try {
        await this.#parts.store.save(...(await this.#mask(this.#waiting.splice(0, mostTogether))));
      } catch (error) {
        this.#parts.logger.warn('traces were not stored', { error: (error as Error).name });
      }
    }
    if (this.#dropped > 0) this.#parts.logger.warn('too many calls at once to trace them all', { left: this.#dropped });
    this.#dropped = 0;
  }

  async #pause(milliseconds: number): Promise<void> {
    if (this.#isClosing) return;
    await new Promise<void>((resolve) => {
      this.#endPause = resolve;
      this.#parts.timers.after(milliseconds, resolve);
    });
  }

  #drop(): void {
    this.#dropped++;
  }

  async #mask(legs: readonly HeardLeg[]): Promise<readonly LegTrace[]> {
    const traces: LegTrace[] = [];
    const namesOf = new Map<string, OwnNames | undefined>();
    for (const [place, leg] of legs.entries()) {
      if (place % mostAtOnce === mostAtOnce - 1) await this.#pause(1);
      if (!namesOf.has(leg.tenantId)) namesOf.set(leg.tenantId, this.#namesOf(leg.tenantId));
      const own = namesOf.get(leg.tenantId);
      if (own) traces.push(maskLeg(leg, own));
    }
    return traces;
  }

  /** Undefined: switched off while the call was running. */
  #namesOf(tenantId: string): OwnNames | undefined {
    const town = this.#parts.directory.byTenant(tenantId);
    return town?.tenant.settings.traceCalls ? ownNames(town) : undefined;
  }
}

const maskLeg = ({ tenantId, callId, leg, messages }: HeardLeg, own: OwnNames): LegTrace => ({
  ...{ tenantId, callId, leg },
  messages: messages.map(({ at, direction, message, transport, peer, isPhone }) => ({
    ...{ at, direction, peer, transport },
    summary: summaryOf(message),
    text: maskMessage(message, { own, hidesAddresses: isPhone }),
  })),
});
