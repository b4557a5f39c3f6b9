import { readFileSync } from 'node:fs';
import { seededRandom } from '@amtsleitung/base/testing';
import { sdpBody } from '../messages/body.ts';
import { DigestVerifier } from '../user-agent/digest-verifier.ts';
import type { UserAgentHandlers } from '../user-agent/user-agent-options.ts';
import { Stage } from './stage.ts';

/** One message of RFC 4475 or RFC 5118 as testdata/torture.json lists it. */
export interface TortureVector {
  readonly rfc: 4475 | 5118;
  readonly section: string;
  readonly name: string;
  /** What the RFC wants, in our words. */
  readonly asks: string;
  /** Final statuses that are just that; none: no answer at all. */
  readonly accepts: readonly (number | 'none')[];
  readonly note?: string;
}

export type TortureProfile = 'open' | 'authenticated';

const house = '198.51.100.2';
const data = (path: string) => readFileSync(new URL(`../../testdata/${path}`, import.meta.url));

export const tortureVectors = JSON.parse(data('torture.json').toString()) as readonly TortureVector[];

/** The octets as the RFC means them. */
export function tortureBytes({ rfc, name }: TortureVector): Uint8Array {
  if (rfc === 4475) return data(`rfc4475/${name}.dat`);
  // The archive of RFC 5118 has lost the CR of its line ends; its Content-Lengths count them.
  const text = data(`rfc5118/${name}`).toString('latin1').replace(/\n/g, '\r\n');
  return Buffer.from(name === 'ipv6-in-sdp' ? text.replace('268', '251') : text, 'latin1');
}

/** The final status a user agent answers to `bytes`; none: silence; several would be a fault. */
export async function answerTo(bytes: Uint8Array, profile: TortureProfile): Promise<number | 'none' | 'several'> {
  const stage = new Stage();
  const handlers: UserAgentHandlers = {
    onInvite: (session) => session.accept(sdpBody('v=0')),
    onRequest: (incoming) => incoming.respond(200),
  };
  await stage.agent(house, {
    methods: ['REGISTER', 'MESSAGE'],
    handlers: profile === 'open' ? handlers : { ...handlers, screen: challenging(stage) },
  });
  stage.network.carryBytes({ host: '203.0.113.7', port: 5060 }, { host: house, port: 5060 }, bytes);
  await stage.pass(50);
  const finals = stage.network.sent.flatMap(({ message }) =>
    message.kind === 'response' && message.status >= 200 ? [message.status] : [],
  );
  return finals.length > 1 ? 'several' : (finals[0] ?? 'none');
}

function challenging(stage: Stage): NonNullable<UserAgentHandlers['screen']> {
  const verifier = new DigestVerifier({ clock: stage.clock, random: seededRandom(4) });
  return (request) => {
    const verdict = verifier.verify(request, { realm: 'torture.test', secretsOf: () => undefined });
    return verdict.accepted ? 'pass' : { status: verdict.status, headers: verdict.headers };
  };
}

/** Whether that answer is what the RFC asks for. Before whom it does not know, a server may ask who that is. */
export function isAsAsked(vector: TortureVector, profile: TortureProfile, given: number | 'none' | 'several'): boolean {
  if (given === 'several') return false;
  const isSound = vector.accepts.some((status) => status === 200);
  const isChallenge = profile === 'authenticated' && isSound && (given === 401 || given === 407);
  return isChallenge || vector.accepts.includes(given);
}
