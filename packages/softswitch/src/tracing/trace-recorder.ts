import type { Clock, Logger, Timers } from '@amtsleitung/base';
import { indexOf, type DirectorySource, type LegEvent, type LegId, type TraceStore } from '@amtsleitung/domain';
import { callIdOf, toTagOf, type SipMessage, type TransportProtocol } from '@amtsleitung/sip';
import { TraceWriter, type HeardMessage } from './trace-writer.ts';
import type { MessageTap } from './traced-transport.ts';

/** Dialogs that belong to no leg yet: refused INVITEs never will. The oldest goes first. */
const mostUnclaimed = 500;
/** Messages of one dialog; what comes later is not kept. */
const mostPerDialog = 100;
/** Characters and octets of one INVITE that has proven nothing yet, with its answers. */
const mostUnclaimedSize = 16_384;
/** The same of all dialogs together. */
const mostSize = 50_000_000;
/** What a message holds beside its text. */
const sizeOfAny = 512;
/** The last ACK or 200 comes after the leg is over. */
const lingerMilliseconds = 2_000;

export interface TraceRecorderParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly directory: DirectorySource;
  /** Undefined: nothing is traced. */
  readonly store: TraceStore | undefined;
}

/** The far side of one dialog. */
export type TracePeer = { readonly trunkId: string } | { readonly deviceId: string | undefined };

export interface TracedLeg {
  readonly leg: LegId;
  readonly tenantId: string;
  readonly callId: string;
}

interface Dialog {
  readonly messages: HeardMessage[];
  size: number;
  leg?: LegId;
  peer: string;
  isPhone: boolean;
}

/**
 * Keeps references to the messages of running calls, bounded in every direction, and hands those of a leg that is over
 * to the writer. Nothing of it is in a call's path: a message is looked at no closer than its Call-ID.
 */
export class TraceRecorder implements MessageTap {
  readonly #parts: TraceRecorderParts;
  readonly #writer: TraceWriter | undefined;
  /** By Call-ID of the SIP dialog. */
  readonly #dialogs = new Map<string, Dialog>();
  readonly #unclaimed = new Set<string>();
  readonly #legs = new Map<LegId, TracedLeg & { readonly dialogs: Set<string> }>();
  #messages = 0;
  #size = 0;

  constructor(parts: TraceRecorderParts) {
    this.#parts = parts;
    this.#writer = parts.store && new TraceWriter({ ...parts, store: parts.store });
  }

  heard(direction: 'received' | 'sent', message: SipMessage, transport: TransportProtocol): void {
    if (!this.#writer) return;
    const callId = callIdOf(message);
    const dialog = this.#dialogs.get(callId) ?? this.#begin(callId, message);
    if (!dialog || !this.#note(dialog, sizeOf(message))) return;
    const { peer, isPhone } = dialog;
    dialog.messages.push({ at: this.#parts.clock.now(), direction, message, transport, peer, isPhone });
  }

  /** False: it would be too much. Strangers' messages are counted apart, so that they leave room for those of calls. */
  #note(dialog: Dialog, size: number): boolean {
    const most = dialog.leg === undefined ? mostUnclaimedSize : mostSize;
    const isTooMuch = dialog.size + size > most || this.#size + size > mostSize;
    if (isTooMuch || dialog.messages.length >= mostPerDialog) return false;
    dialog.size += size;
    this.#size += size;
    this.#messages++;
    return true;
  }

  /** A leg speaks in this dialog. Forgets it at once where the tenant wants no traces. */
  began(traced: TracedLeg, sipCallId: string, peer: TracePeer): void {
    const dialog = this.#dialogs.get(sipCallId);
    this.#unclaimed.delete(sipCallId);
    if (!dialog) return;
    if (!this.#parts.directory.byTenant(traced.tenantId)?.tenant.settings.traceCalls)
      return void this.#forget(sipCallId);
    dialog.leg = traced.leg;
    dialog.isPhone = !('trunkId' in peer);
    dialog.peer = this.#nameOf(traced.tenantId, peer);
    const known = this.#legs.get(traced.leg) ?? { ...traced, dialogs: new Set<string>() };
    known.dialogs.add(sipCallId);
    this.#legs.set(traced.leg, known);
  }

  /** Hears what becomes of legs. */
  follow(event: LegEvent): void {
    if (event.kind !== 'ended' && event.kind !== 'failed') return;
    if (!this.#legs.has(event.leg)) return;
    this.#parts.timers.after(lingerMilliseconds, () => this.#finish(event.leg));
  }

  /** Messages kept right now, for leak tests. */
  get size(): number {
    return this.#messages;
  }

  async close(): Promise<void> {
    for (const leg of [...this.#legs.keys()]) this.#finish(leg);
    await this.#writer?.close();
  }

  /** Only an INVITE outside a dialog begins a trace. */
  #begin(callId: string, message: SipMessage): Dialog | undefined {
    if (message.kind !== 'request' || message.method !== 'INVITE' || toTagOf(message) !== '') return undefined;
    const dialog: Dialog = { messages: [], size: 0, peer: '', isPhone: true };
    this.#dialogs.set(callId, dialog);
    this.#unclaimed.add(callId);
    if (this.#unclaimed.size > mostUnclaimed) {
      const [oldest] = this.#unclaimed;
      this.#forget(oldest!);
    }
    return dialog;
  }

  #forget(callId: string): readonly HeardMessage[] {
    const dialog = this.#dialogs.get(callId);
    this.#dialogs.delete(callId);
    this.#unclaimed.delete(callId);
    this.#messages -= dialog?.messages.length ?? 0;
    this.#size -= dialog?.size ?? 0;
    // Those heard before the leg was known bear no name yet.
    return dialog?.messages.map((one) => ({ ...one, peer: dialog.peer, isPhone: dialog.isPhone })) ?? [];
  }

  #finish(leg: LegId): void {
    const traced = this.#legs.get(leg);
    if (!traced) return;
    this.#legs.delete(leg);
    const messages = [...traced.dialogs].flatMap((callId) => this.#forget(callId));
    const { tenantId, callId } = traced;
    this.#writer?.write({ tenantId, callId, leg, messages: messages.toSorted((one, other) => one.at - other.at) });
  }

  /** The device's or trunk's name; a browser has none. */
  #nameOf(tenantId: string, peer: TracePeer): string {
    const town = this.#parts.directory.byTenant(tenantId);
    const index = town && indexOf(town);
    if ('trunkId' in peer) return index?.trunk(peer.trunkId)?.name ?? peer.trunkId;
    return (peer.deviceId !== undefined && index?.device(peer.deviceId)?.label) || 'Browser';
  }
}

const sizeOf = ({ headers, body }: SipMessage): number =>
  headers.reduce((sum, { name, value }) => sum + name.length + value.length, sizeOfAny + body.length);
