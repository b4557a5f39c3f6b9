import { RtpTonePeer, sineSource } from '@amtsleitung/simulator';
import { onTestFinished } from 'vitest';
import type { House } from './house.ts';
import { Sipp } from './sipp.ts';
import { tones } from './tones.ts';
import { citizenNumber, town } from './town.ts';

export interface SippCitizenOptions {
  /** File below e2e/sipp; default trunk-call. */
  readonly scenario?: string;
  readonly tone?: number;
  readonly caller?: string;
  readonly transport?: 'udp' | 'tcp';
  readonly keys?: Readonly<Record<string, string | number>>;
}

/** A citizen whose call SIPp signals and whose voice and ear are a tone endpoint of its own. */
export interface SippCitizen {
  readonly sipp: Sipp;
  readonly rtp: RtpTonePeer;
}

export async function sippCitizen(
  house: House,
  extension: string,
  options: SippCitizenOptions = {},
): Promise<SippCitizen> {
  const rtp = await RtpTonePeer.open({ host: '127.0.0.2', says: sineSource(options.tone ?? tones.citizen) });
  onTestFinished(() => rtp.close());
  const sipp = await Sipp.start({
    scenario: options.scenario ?? 'trunk-call',
    target: options.transport === 'tcp' ? `${house.address.sip.host}:${house.address.sip.tcp}` : house.sipTarget,
    ...(options.transport ? { transport: options.transport } : {}),
    keys: {
      number: `${town.head}${extension}`,
      caller: options.caller ?? citizenNumber(1),
      rtp_host: rtp.host,
      rtp_port: rtp.port,
      ...options.keys,
    },
  });
  return { sipp, rtp };
}
