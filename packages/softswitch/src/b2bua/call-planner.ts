import { callFailures, indexOf } from '@amtsleitung/domain';
import type { CallFailure, DialOptions, DialTarget, DirectorySource } from '@amtsleitung/domain';
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
    const branches = locations
      .map((location) => ({ location, kind: town && indexOf(town).device(location.deviceId)?.settings.kind }))
      // A lift or an alarm system only calls; nobody there could answer.
      .filter(({ kind }) => kind !== 'alarm-dialler')
      .map(({ location, kind }) => ({
        ...this.#toPhone(location, domain, options, autoAnswerCallId),
        ...(kind === undefined ? {} : { deviceKind: kind }),
      }));
    if (!first || branches.length === 0) return { failure: callFailures.unreachable };
    return { facts: { tenantId: first.tenantId, farSide: 'phone', personId }, branches };
  }

  #toPhone(location: Location, domain: string, options: DialOptions, autoAnswerCallId: string | undefined): BranchPlan {
    return {
      kind: location.transport === 'ws' ? 'browser' : 'plain',
      media: { signallingAddress: location.sourceAddress },
      farSide: 'phone',
      deviceId: location.deviceId,
      contact: location.contact,
      ...(location.flowId === undefined ? {} : { flowId: location.flowId }),
      invite: () => Promise.resolve(phoneInvite(location, domain, options, autoAnswerCallId)),
    };
  }
}
