import { callFailures, indexOf } from '@amtsleitung/domain';
import type { CallFailure, DialOptions, DialTarget, DirectorySource } from '@amtsleitung/domain';
import { instanceKey } from '../registrar/location.ts';
import type { Location } from '../registrar/location.ts';
import type { LocationTable } from '../registrar/location-table.ts';
import type { FarSide } from '../trunks/response-failure.ts';
import type { TrunkBook } from '../trunks/trunk-book.ts';
import type { TrunkCalls } from '../trunks/trunk-calls.ts';
import type { BranchPlan } from './fork-branch.ts';
import { phoneInvite } from './phone-invite.ts';

export interface CallPlan {
  readonly facts: {
    readonly tenantId: string;
    readonly farSide: FarSide;
    readonly trunkId?: string;
    readonly personId?: string;
  };
  readonly branches: readonly BranchPlan[];
}

type PhoneFlows = readonly [Location, ...Location[]];

/** RFC 5626 §7: flows of one phone are tried one after the other, the latest first; phones ring together. */
function flowsByPhone(locations: readonly Location[]): readonly PhoneFlows[] {
  const groups = Map.groupBy(locations, (location) => instanceKey(location) ?? location);
  return [...groups.values()].flatMap((flows) => {
    const [latest, ...others] = flows.toReversed();
    return latest ? [[latest, ...others] as const] : [];
  });
}

/** Not even a 100 Trying over a flow for so long, and the next one is tried: three repetitions, and time left to ring. */
const flowMilliseconds = 3_000;

/** The connection is gone, or nobody answers there. */
const isFlowFailure = (status: number): boolean => status === 430 || status === 408 || status === 503;

export interface CallPlannerPorts {
  readonly locations: LocationTable;
  readonly trunks: TrunkBook;
  readonly trunkCalls: TrunkCalls;
  readonly directory: DirectorySource;
}

/** Works out where the INVITEs of an outgoing leg go and what they say. */
export class CallPlanner {
  readonly #ports: CallPlannerPorts;

  constructor(ports: CallPlannerPorts) {
    this.#ports = ports;
  }

  /** `inUse` counts the legs a trunk carries now. */
  plan(
    target: DialTarget,
    options: DialOptions,
    inUse: (trunkId: string) => number,
  ): CallPlan | { readonly failure: CallFailure } {
    if (target.kind === 'person') return this.#toPerson(target.personId, options, target.autoAnswer?.callId);
    const trunk = this.#ports.trunks.byId(target.trunkId);
    if (!trunk) return { failure: callFailures['trunk-failed'] };
    const branch = this.#ports.trunkCalls.plan(trunk, target.number, options, inUse(trunk.id));
    if ('failure' in branch) return branch;
    return { facts: { tenantId: trunk.tenantId, farSide: 'trunk', trunkId: trunk.id }, branches: [branch] };
  }

  #toPerson(
    personId: string,
    options: DialOptions,
    autoAnswerCallId: string | undefined,
  ): CallPlan | { readonly failure: CallFailure } {
    const all = this.#ports.locations.ofPerson(personId);
    const browsers = all.filter(({ transport }) => transport === 'ws');
    // A call started on a screen begins in the browser; a desk phone beside it would only blare for a moment.
    const locations = autoAnswerCallId !== undefined && browsers.length > 0 ? browsers : all;
    const [first] = locations;
    const town = first && this.#ports.directory.byTenant(first.tenantId);
    const domain = town?.tenant.sipDomain ?? 'localhost';
    const branches = flowsByPhone(locations)
      .map(([location, ...others]) => ({
        location,
        others,
        settings: town && indexOf(town).device(location.deviceId)?.settings,
      }))
      // A lift or an alarm system only calls; nobody there could answer.
      .filter(({ settings }) => settings?.kind !== 'alarm-dialler')
      .map(({ location, others, settings }) => {
        const plan = this.#toPhone([location, ...others], domain, options, autoAnswerCallId);
        const isEncrypted =
          settings?.srtp === true && [location, ...others].every(({ transport }) => transport === 'tls');
        return {
          ...plan,
          ...(settings ? { deviceKind: settings.kind } : {}),
          ...(isEncrypted ? { media: { ...plan.media, srtp: 'required' as const } } : {}),
        };
      });
    if (!first || branches.length === 0) return { failure: callFailures.unreachable };
    return { facts: { tenantId: first.tenantId, farSide: 'phone', personId }, branches };
  }

  #toPhone(
    [location, ...others]: PhoneFlows,
    domain: string,
    options: DialOptions,
    autoAnswerCallId: string | undefined,
  ): BranchPlan {
    const waiting = [...others];
    const inviteTo = (flow: Location) => {
      const patience = waiting.length > 0 ? { giveUpMilliseconds: flowMilliseconds } : {};
      return Promise.resolve({ ...phoneInvite(flow, domain, options, autoAnswerCallId), ...patience });
    };
    return {
      kind: location.transport === 'ws' ? 'browser' : 'plain',
      media: { signallingAddress: location.route?.phone?.address ?? location.sourceAddress },
      farSide: 'phone',
      deviceId: location.deviceId,
      contact: location.contact,
      ...(location.flowId === undefined ? {} : { flowId: location.flowId }),
      invite: () => inviteTo(location),
      // RFC 5626 §7: the next flow of the same phone when this one leads nowhere.
      again: (status) => {
        const next = isFlowFailure(status) ? waiting.shift() : undefined;
        return next && inviteTo(next);
      },
    };
  }
}
