import { newId } from '@amtsleitung/base';
import type { RandomSource } from '@amtsleitung/base';
import { callFailures, emergencyDigits } from '@amtsleitung/domain';
import type {
  CallControl,
  CallFailure,
  DialOptions,
  DialTarget,
  DirectorySource,
  LegId,
  PlayItem,
  RecordingLimits,
} from '@amtsleitung/domain';
import type { MediaEvent } from '@amtsleitung/media';
import type { ClientSession, InviteOptions, ServerSession } from '@amtsleitung/sip';
import type { Identity } from '../access/identity.ts';
import type { Location } from '../registrar/location.ts';
import { dialledByPhone } from '../trunks/dialled-number.ts';
import type { CallPlanner } from './call-planner.ts';
import { guarded } from './guard.ts';
import { InboundLeg } from './inbound-leg.ts';
import type { InboundLegFacts } from './inbound-leg.ts';
import { incomingCall } from './incoming-call.ts';
import type { IncomingEvent, KnownIdentity } from './incoming-call.ts';
import { replacedBy } from './dialog-name.ts';
import type { Replaces } from '@amtsleitung/sip';
import type { Leg } from './leg.ts';
import type { LegPorts } from './leg-ports.ts';
import { legOfMedia } from './media-leg-id.ts';
import { OutboundLeg } from './outbound-leg.ts';
import type { TracePeer, TraceRecorder } from '../tracing/trace-recorder.ts';
import { takeoverOf } from './takeover.ts';
import type { RingingDialogs, Takeover } from './takeover.ts';
import { TrunkLoad } from './trunk-load.ts';

export interface LegTableOptions {
  readonly ports: Omit<LegPorts, 'gone' | 'closing' | 'ownLeg'>;
  readonly planner: CallPlanner;
  readonly directory: DirectorySource;
  readonly random: RandomSource;
  readonly makeSession: (options: InviteOptions) => ClientSession;
  readonly mostLegs: number;
  readonly ringingDialogs: RingingDialogs;
  /** Is told which dialogs a leg speaks in. */
  readonly tracing: Pick<TraceRecorder, 'began'>;
}

const callerOf = (identity: KnownIdentity): TracePeer =>
  identity.kind === 'trunk' ? { trunkId: identity.trunk.id } : { deviceId: identity.account.deviceId };

/** TKG §164: emergency calls pass every limit. */
const isEmergencyNumber = (number: string): boolean => emergencyDigits(number) !== undefined;

/** Every leg there is. Commands find theirs here; whatever breaks in one of them ends that one only. */
export class LegTable implements CallControl {
  readonly #options: LegTableOptions;
  readonly #ports: LegPorts;
  readonly #legs = new Map<LegId, Leg>();
  readonly #trunkLoad = new TrunkLoad();
  readonly #closing = new Set<Promise<void>>();

  constructor(options: LegTableOptions) {
    this.#options = options;
    this.#ports = {
      ...options.ports,
      gone: (leg) => this.#leave(leg),
      ownLeg: (asking, dialog) => this.#ownLeg(asking, dialog),
      closing: (settled) => {
        this.#closing.add(settled);
        void settled.then(() => this.#closing.delete(settled));
      },
    };
  }

  get size(): number {
    return this.#legs.size;
  }

  /** Takes an INVITE of a trunk or a phone. */
  incoming(session: ServerSession, identity: Identity): void {
    if (identity.kind === 'stranger') return session.reject(403);
    const isEmergency = identity.kind === 'account' && isEmergencyNumber(dialledByPhone(session.invite));
    if (this.#isFull && !isEmergency) {
      return session.reject(503, { headers: [{ name: 'Retry-After', value: '10' }] });
    }
    const takeover = this.#takeover(session, identity);
    if ('status' in takeover) return session.reject(takeover.status);
    const id = newId(this.#ports.clock, this.#options.random);
    const event = { ...incomingCall(id, session.invite, identity, this.#options.directory), ...takeover };
    if (event.forgedCaller && identity.kind === 'trunk') {
      this.#ports.logger.warn('A caller showed a number nobody may show', { trunk: identity.trunk.id });
    }
    // A phone's Contact may be unreachable behind NAT, or somebody else's address.
    if (identity.kind === 'account') session.stayAtPeer();
    const traced = { leg: id, tenantId: event.tenantId, callId: event.callId ?? id };
    this.#options.tracing.began(traced, session.callId, callerOf(identity));
    this.#enter(new InboundLeg(inboundFacts(event, identity), session, this.#ports));
    this.#ports.emit(event);
  }

  /** What a phone wants to take over, RFC 3891. The outside takes over nothing. */
  #takeover({ invite }: ServerSession, identity: KnownIdentity): Takeover {
    const name = replacedBy(invite);
    if (name === 'nothing') return {};
    if (name === 'malformed') return { status: 400 };
    if (identity.kind === 'trunk') return { status: 481 };
    return takeoverOf(name, identity.account, this.#legs.values(), this.#options.ringingDialogs);
  }

  #ownLeg(asking: LegId, name: Replaces): LegId | undefined {
    const devices = this.#legs.get(asking)?.deviceIds ?? [];
    const named = [...this.#legs.values()].find((leg) => leg.facts.id !== asking && leg.holds(name));
    return named?.deviceIds.some((device) => devices.includes(device)) ? named.facts.id : undefined;
  }

  dial(leg: LegId, target: DialTarget, options: DialOptions): void {
    if (this.#legs.has(leg)) return this.#ports.logger.error('Leg dialled twice', { leg });
    const isEmergency = target.kind === 'trunk' && isEmergencyNumber(target.number);
    if (this.#isFull && !isEmergency) {
      return this.#ports.emit({ kind: 'failed', leg, failure: callFailures.overloaded });
    }
    const plan = this.#options.planner.plan(target, options, (trunkId) => this.#onTrunk(trunkId));
    if ('failure' in plan) return this.#ports.emit({ kind: 'failed', leg, failure: plan.failure });
    const facts = { id: leg, ringMilliseconds: options.ringMilliseconds, ...plan.facts };
    const maxForwards = this.#hopsLeft(options.callId);
    const { trunkId, tenantId } = plan.facts;
    const outbound = new OutboundLeg(facts, plan.branches, this.#ports, (invite) => {
      const session = this.#options.makeSession({ ...invite, ...(maxForwards === undefined ? {} : { maxForwards }) });
      const deviceId = plan.branches.find(({ contact }) => contact === invite.requestUri)?.deviceId;
      const peer = trunkId === undefined ? { deviceId } : { trunkId };
      this.#options.tracing.began({ leg, tenantId, callId: options.callId }, session.callId, peer);
      return session;
    });
    this.#enter(outbound);
    this.#act(leg, () => outbound.start());
  }

  ring(leg: LegId): void {
    this.#act(leg, (one) => one.ring());
  }

  progress(leg: LegId): void {
    this.#act(leg, (one) => one.progress());
  }

  answer(leg: LegId): void {
    this.#act(leg, (one) => one.answer());
  }

  reject(leg: LegId, failure: CallFailure): void {
    this.#act(leg, (one) => one.hangUp(failure));
  }

  bridge(left: LegId, right: LegId): void {
    const other = this.#legs.get(right);
    if (other && left !== right) this.#act(left, (one) => one.bridge(other));
  }

  park(leg: LegId): void {
    this.#act(leg, (one) => one.park());
  }

  play(leg: LegId, playbackId: string, items: readonly PlayItem[], loop = false): void {
    this.#act(leg, (one) => one.play(playbackId, items, loop));
  }

  stop(leg: LegId): void {
    this.#act(leg, (one) => one.stop());
  }

  transferFailed(leg: LegId): void {
    this.#act(leg, (one) => one.transferFailed());
  }

  sendDigits(leg: LegId, digits: string): void {
    this.#act(leg, (one) => one.sendDigits(digits));
  }

  record(leg: LegId, recordingId: string, limits: RecordingLimits): void {
    this.#act(leg, (one) => one.record(recordingId, limits));
  }

  stopRecording(leg: LegId): void {
    this.#act(leg, (one) => one.stopRecording());
  }

  hangUp(leg: LegId, failure?: CallFailure): void {
    this.#act(leg, (one) => one.hangUp(failure));
  }

  mediaEvent(event: MediaEvent): void {
    const leg = legOfMedia(event.leg);
    if (event.kind === 'recording-ended') {
      const file = this.#ports.recordings.relative(event.file);
      this.#ports.emit({ ...event, leg, file });
    }
    this.#act(leg, (one) => one.mediaEvent(event));
  }

  /** A connection is gone; `find` tells where else a device is registered now. */
  flowClosed(flowId: string, find: (deviceId: string) => readonly Location[]): void {
    for (const leg of this.#legs.keys()) this.#act(leg, (one) => one.flowClosed(flowId, find));
  }

  /** A device has registered, perhaps over a new connection in the middle of a call. */
  registered(location: Location): void {
    for (const leg of this.#legs.keys()) this.#act(leg, (one) => one.registered(location));
  }

  /** A contact has signed off by itself. */
  unregistered(location: Location): void {
    for (const leg of this.#legs.keys()) this.#act(leg, (one) => one.unregistered(location));
  }

  /** Ends what runs over a device that may no longer be used. */
  dropDevice(deviceId: string): void {
    for (const leg of this.#legs.keys()) this.#act(leg, (one) => one.dropDevice(deviceId));
  }

  hangUpAll(failure: CallFailure): void {
    for (const leg of this.#legs.keys()) this.hangUp(leg, failure);
  }

  /** Settles when the engine has let go of every leg that is over. */
  async mediaClosed(): Promise<void> {
    await Promise.all(this.#closing);
  }

  /** Calls a trunk carries now. */
  callsOn(trunkId: string): { readonly incoming: number; readonly outgoing: number } {
    return this.#trunkLoad.of(trunkId);
  }

  #enter(leg: Leg): void {
    this.#legs.set(leg.facts.id, leg);
    this.#trunkLoad.began(leg.facts.trunkId, directionOf(leg));
  }

  #leave(id: LegId): void {
    const leg = this.#legs.get(id);
    if (leg) this.#trunkLoad.ended(leg.facts.trunkId, directionOf(leg));
    this.#legs.delete(id);
  }

  get #isFull(): boolean {
    return this.#legs.size >= this.#options.mostLegs;
  }

  /** A call that came in bears the name of its first leg; what is dialled for it goes on with its hops. */
  #hopsLeft(callId: string): number | undefined {
    const first = this.#legs.get(callId);
    return first instanceof InboundLeg ? first.hopsLeft : undefined;
  }

  #onTrunk(trunkId: string): number {
    const { incoming, outgoing } = this.callsOn(trunkId);
    return incoming + outgoing;
  }

  /** Runs a command for a leg; one for a leg that is gone does nothing. */
  #act(id: LegId, run: (leg: Leg) => void): void {
    const leg = this.#legs.get(id);
    if (leg)
      guarded(
        () => run(leg),
        (error) => leg.broke(error),
      );
  }
}

const directionOf = (leg: Leg) => (leg instanceof OutboundLeg ? 'outgoing' : 'incoming');

function inboundFacts({ leg: id, tenantId }: IncomingEvent, identity: KnownIdentity): InboundLegFacts {
  if (identity.kind === 'trunk') {
    const { id: trunkId, settings } = identity.trunk;
    return { id, tenantId, farSide: 'trunk', trunkId, srtp: settings.srtp };
  }
  const { deviceId, personId, deviceKind, srtp } = identity.account;
  const kind = deviceKind === undefined ? {} : { deviceKind };
  return { id, tenantId, farSide: 'phone', deviceId, personId, ...kind, ...(srtp ? { srtp: 'required' } : {}) };
}
