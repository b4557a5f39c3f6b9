import type { Timer } from '@amtsleitung/base';
import { callFailures } from '@amtsleitung/domain';
import type { CallFailure, LegEvent, LegId, PlayItem, RecordingLimits } from '@amtsleitung/domain';
import type { LossReason, MediaEvent } from '@amtsleitung/media';
import type { Destination } from '@amtsleitung/sip';
import { destinationOf } from '../registrar/location.ts';
import type { Location } from '../registrar/location.ts';
import { guarded, guardTimers } from './guard.ts';
import type { Replaces } from '@amtsleitung/sip';
import type { InDialog } from './in-dialog.ts';
import type { LegPorts } from './leg-ports.ts';
import type { MediaLeg } from './media-leg.ts';

/** How long a call outlives the connection it was signalled over. */
const returnMilliseconds = 10_000;

/** Events after which nothing follows. */
export type TerminalEvent = Extract<LegEvent, { kind: 'failed' | 'ended' }>;

export interface LegFacts {
  readonly id: LegId;
  readonly tenantId: string;
  /** The trunk it runs over, if any: counts against its capacity. */
  readonly trunkId?: string;
  /** Whose phone it is, if any. */
  readonly personId?: string;
}

/**
 * One SIP dialog (or several that are about to become one) with its media. Signalling acts at once, media in order;
 * exactly one terminal event is sent, and the media is always closed.
 */
export abstract class Leg {
  readonly facts: LegFacts;
  protected readonly ports: LegPorts;
  /** Media that commands act on: there once the far side can hear us. */
  protected media: MediaLeg | undefined;
  readonly #tell: (event: LegEvent) => void;
  #over = false;
  #recordings = 0;
  #isChecking = false;
  /** Its page or phone has signed off, and with the connection it will be gone for good. */
  #isLeaving = false;
  /** Runs while the phone of an established call has no connection. */
  #return: Timer | undefined;

  constructor(facts: LegFacts, ports: LegPorts) {
    this.facts = facts;
    this.#tell = ports.emit;
    this.ports = {
      ...ports,
      timers: guardTimers(ports.timers, (error) => this.broke(error)),
      // Nothing follows the end, whatever was still on its way.
      emit: (event) => this.#over || ports.emit(event),
    };
  }

  get isOver(): boolean {
    return this.#over;
  }

  ring(): void {}

  progress(): void {}

  answer(): void {}

  abstract hangUp(failure?: CallFailure): void;

  /** The far side is unreachable for good: its connection is gone or its media has stopped. */
  abstract lose(failure: CallFailure): void;

  /** The devices it runs or rings on; empty for a trunk. */
  abstract get deviceIds(): readonly string[];

  abstract get isEstablished(): boolean;

  /** Rings at phones and may be taken by another one. */
  get isRinging(): boolean {
    return false;
  }

  /** Whether `name` is a dialog of this leg. */
  abstract holds(name: Replaces): boolean;

  /** What the far side may do once the call is up. */
  protected abstract get dialog(): InDialog | undefined;

  protected abstract usesFlow(flowId: string): boolean;

  /** A connection is gone while nothing is agreed yet. */
  protected abstract flowGone(flowId: string): void;

  /** Signals over another connection from now on. */
  protected abstract movePeer(destination: Destination): void;

  /**
   * A phone's connection is gone. While it rings that is the end of it; a call goes on for a while, since the audio has
   * its own way and a browser soon comes back over a new connection, or has done so already (`find`).
   */
  flowClosed(flowId: string, find: (deviceId: string) => readonly Location[]): void {
    if (this.#over || this.deviceIds.length === 0 || !this.usesFlow(flowId)) return;
    if (!this.isEstablished) return this.flowGone(flowId);
    if (this.#isLeaving) return this.lose(callFailures['media-lost']);
    this.#return?.cancel();
    this.#return = this.ports.timers.after(returnMilliseconds, () => this.lose(callFailures['media-lost']));
    const [back] = this.deviceIds.flatMap(find);
    if (back) this.registered(back);
  }

  /** A contact has signed off. A page that closes does so; a call it was in ends with its connection. */
  unregistered(location: Location): void {
    if (this.isEstablished && location.flowId !== undefined && this.usesFlow(location.flowId)) this.#isLeaving = true;
  }

  /** A device has registered: perhaps the one this leg waits for. */
  registered(location: Location): void {
    if (location.flowId !== undefined && this.usesFlow(location.flowId)) this.#isLeaving = false;
    if (this.#over || !this.#return || !this.deviceIds.includes(location.deviceId)) return;
    this.#return.cancel();
    this.#return = undefined;
    this.movePeer(destinationOf(location));
  }

  /** The device may no longer be used, e.g. after a logout. */
  dropDevice(deviceId: string): void {
    if (this.deviceIds.includes(deviceId)) this.hangUp(callFailures.interrupted);
  }

  bridge(other: Leg): void {
    if (this.media && other.media && !this.#over && !other.#over) this.media.bridge(other.media);
  }

  transferFailed(): void {
    this.dialog?.settleTransfer(false);
  }

  park(): void {
    this.#command((engine, leg) => engine.park(leg));
  }

  play(playbackId: string, items: readonly PlayItem[], loop: boolean): void {
    const files = this.media ? this.ports.playlist.resolve(items) : [];
    if (files.length > 0) return this.#command((engine, leg) => engine.play(leg, playbackId, files, loop));
    this.#command((engine, leg) => engine.stop(leg));
    if (!loop) this.ports.emit({ kind: 'playback-ended', leg: this.facts.id, playbackId });
  }

  stop(): void {
    this.#command((engine, leg) => engine.stop(leg));
  }

  sendDigits(digits: string): void {
    const sendable = digits.replace(/[^0-9*#A-Da-d]/g, '').slice(0, 64);
    if (sendable !== '') this.#command((engine, leg) => engine.sendDigits(leg, sendable));
  }

  record(recordingId: string, limits: RecordingLimits): void {
    this.#command(async (engine, leg) => {
      this.#recordings += 1;
      try {
        const file = await this.ports.recordings.create(this.facts.tenantId, recordingId);
        await engine.record(leg, recordingId, file, limits);
      } catch (error) {
        this.#recordings -= 1;
        this.ports.logger.error('Message not recorded', { leg, error: String(error) });
        // Else somebody would speak to nobody until the longest message is over.
        const nothing = { file: '', milliseconds: 0, voiceMilliseconds: 0 };
        this.ports.emit({ kind: 'recording-ended', leg: this.facts.id, recordingId, ...nothing });
      }
    });
  }

  stopRecording(): void {
    this.#command((engine, leg) => engine.stopRecording(leg));
  }

  mediaEvent(event: MediaEvent): void {
    const leg = this.facts.id;
    if (event.kind === 'recording-ended') this.#recordings -= 1;
    if (this.#over || event.leg !== this.media?.id) return;
    if (event.kind === 'playback-ended') this.ports.emit({ kind: 'playback-ended', leg, playbackId: event.playbackId });
    if (event.kind === 'digit') this.ports.emit({ kind: 'digit', leg, digit: event.digit });
    if (event.kind === 'faltering' || event.kind === 'recovered') this.ports.emit({ kind: event.kind, leg });
    // Nobody has to speak before the answer.
    const isEarly = event.kind === 'lost' && event.reason === 'silent' && !this.isEstablished;
    if (event.kind === 'lost' && !isEarly) this.#mediaLost(event.reason);
  }

  /** Anything thrown while handling this leg ends this leg and nothing else. */
  broke(error: unknown): void {
    this.ports.logger.error('Leg failed', { leg: this.facts.id, error: String(error) });
    guarded(
      () => this.lose(callFailures.interrupted),
      (again) => this.ports.logger.error('Leg failed while ending', { leg: this.facts.id, error: String(again) }),
    );
  }

  #mediaLost(reason: LossReason): void {
    const { dialog } = this;
    if (reason !== 'silent' || !dialog) return this.#loseMedia(reason);
    if (this.#isChecking) return;
    // It may be muted, on hold, or listening to music; only when it no longer answers either is it gone.
    this.#isChecking = true;
    this.settle(this.#check(dialog, reason));
  }

  async #check(dialog: InDialog, reason: LossReason): Promise<void> {
    const leg = this.facts.id;
    let isFaltering = false;
    const isAlive = await dialog.isAlive(() => {
      isFaltering = true;
      this.ports.emit({ kind: 'faltering', leg });
    });
    this.#isChecking = false;
    if (!isAlive) this.#loseMedia(reason);
    else if (isFaltering) this.ports.emit({ kind: 'recovered', leg });
  }

  #loseMedia(reason: LossReason): void {
    this.ports.logger.info('Media lost', { leg: this.facts.id, reason });
    this.lose(callFailures['media-lost']);
  }

  /** Lets work go on by itself; if it fails, this leg ends. */
  protected settle(work: Promise<unknown>): void {
    void work.catch((error: unknown) => this.broke(error));
  }

  /** Closes the media and tells the end, once. A recording is finished first, so that its event comes before. */
  protected finish(event: TerminalEvent): void {
    if (this.#over) return;
    this.#over = true;
    this.#return?.cancel();
    const closing = this.media?.close() ?? Promise.resolve();
    const told = () => {
      this.#tell(event);
      this.ports.gone(this.facts.id);
    };
    if (this.#recordings > 0) this.settle(closing.then(told));
    else told();
  }

  #command(run: Parameters<MediaLeg['command']>[0]): void {
    if (!this.#over) this.media?.command(run);
  }
}
