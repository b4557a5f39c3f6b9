import type { Clock } from '@amtsleitung/base';
import { callFailures, emergencyDigits } from '@amtsleitung/domain';
import type { CallFailure, DialOptions, DirectorySource, Trunk, TrunkErrorKind } from '@amtsleitung/domain';
import type { Header, InviteOptions } from '@amtsleitung/sip';
import type { BranchOutcome, BranchPlan } from '../b2bua/fork-branch.ts';
import { readFromTrunk } from './number-spelling.ts';
import type { TrunkCall } from './trunk-identity.ts';
import { hasPlainerInvite, trunkInvite } from './trunk-invite.ts';
import type { TrunkInvite } from './trunk-invite.ts';
import type { TrunkLine } from './trunk-line.ts';
import type { TrunkLines } from './trunk-lines.ts';
import { credentialsOf, secondsIn } from './trunk-register.ts';

export interface TrunkCallsPorts {
  readonly lines: TrunkLines;
  readonly directory: DirectorySource;
  readonly clock: Clock;
}

/** All servers of a trunk together may be silent for so long; another trunk then still rings within 4 s. */
const trunkAnswerMilliseconds = 3_500;
/** RFC 3261 §17.1.1.2: over UDP an INVITE is sent three times in 1.5 s. */
const shortestPatience = 1_000;

/** Works out what a call over a trunk says and where it goes. */
export class TrunkCalls {
  readonly #ports: TrunkCallsPorts;

  constructor(ports: TrunkCallsPorts) {
    this.#ports = ports;
  }

  /** `inUse` counts the legs the trunk carries now. */
  plan(
    trunk: Trunk,
    number: string,
    options: DialOptions,
    inUse: number,
  ): BranchPlan | { readonly failure: CallFailure } {
    const line = this.#ports.lines.line(trunk.id);
    // TKG §164: nothing stops an emergency call; it is tried whatever is known of the line.
    const isEmergency = emergencyDigits(number) !== undefined;
    if (!line || (!isEmergency && !line.takesCalls)) return { failure: callFailures['trunk-failed'] };
    if (!isEmergency && inUse >= trunk.outgoingCapacity) return { failure: callFailures.overloaded };
    const call = this.#callOf(trunk, line, number, options);
    const server = line.likelyServer;
    const invite = async (kind: 'full' | 'plain'): Promise<Omit<InviteOptions, 'body'>> => {
      const credentials = credentialsOf(trunk);
      return {
        ...withHeaders(trunkInvite(trunk, call, kind), line.securityHeaders),
        ...(await this.#placeOf(line, isEmergency)),
        ...(credentials ? { credentials } : {}),
      };
    };
    return {
      kind: 'plain',
      media: {
        isProvider: true,
        srtp: trunk.settings.srtp,
        ...(trunk.settings.mediasec ? { mediasec: true } : {}),
        ...(server ? { signallingAddress: server.address } : {}),
      },
      farSide: 'trunk',
      invite: () => invite('full'),
      // 1TR119: 403 or 488 refuses an identity; what is beyond doubt is the head number.
      again: (status) =>
        (status === 403 || status === 488) && hasPlainerInvite(trunk, call) ? invite('plain') : undefined,
      outcome: (outcome) => this.#learn(line, outcome),
    };
  }

  async #placeOf(line: TrunkLine, isEmergency: boolean) {
    const destinations = await line.destinations(isEmergency);
    const [destination] = destinations;
    if (!destination) throw new Error('No server takes calls.');
    const giveUpMilliseconds = Math.max(shortestPatience, Math.floor(trunkAnswerMilliseconds / destinations.length));
    return { destination, destinations, giveUpMilliseconds, route: line.route };
  }

  #callOf(trunk: Trunk, line: TrunkLine, number: string, options: DialOptions): TrunkCall {
    const heads = this.#ports.directory.byTenant(trunk.tenantId)?.headNumbers ?? [];
    const head = heads.find(({ trunkId }) => trunkId === trunk.id) ?? heads[0];
    const associated = line.associatedNumber;
    const headNumber = head ? `${head.e164}0` : associated && readFromTrunk(associated, trunk.settings.incomingFormat);
    return {
      number,
      caller: options.caller,
      ...(options.hideNumber === undefined ? {} : { hideNumber: options.hideNumber }),
      ...(options.forwardedBy === undefined ? {} : { forwardedBy: options.forwardedBy }),
      ...(headNumber === undefined ? {} : { headNumber }),
    };
  }

  #learn(line: TrunkLine, { server, status, response }: BranchOutcome): void {
    const kind = faultOf(status, response !== undefined);
    const at = this.#ports.clock.now();
    if (kind === undefined) {
      const refusal = refusalOf(status, line.trunk);
      return line.callAnswered(server, refusal && { kind: refusal, status, at });
    }
    const error = { kind, at, ...(response ? { status } : {}) };
    line.callFailed(server, error, response && secondsIn(response, 'Retry-After'));
  }
}

const withHeaders = (invite: TrunkInvite, headers: readonly Header[]): TrunkInvite => ({
  ...invite,
  headers: [...invite.headers, ...headers],
});

/** Refusals that tell of the trunk's settings, not of the called number. */
function refusalOf(status: number, { settings }: Trunk): TrunkErrorKind | undefined {
  if (status === 403) return 'forbidden';
  return status === 488 && settings.srtp === 'required' ? 'srtp-refused' : undefined;
}

/** What a call's final status says about the trunk; undefined: the trunk works, whatever becomes of the call. */
function faultOf(status: number, isReal: boolean): TrunkErrorKind | undefined {
  if (!isReal && status >= 300) return status === 503 ? 'connection-refused' : 'no-answer';
  if (status === 503) return 'overloaded';
  return status === 408 || status === 504 ? 'no-answer' : undefined;
}
