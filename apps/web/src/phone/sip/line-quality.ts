import type { LineQuality } from '../../shared/phone/browser-phone.ts';

/** Sums since the call began, as `getStats` counts them. */
export interface ReceivedSums {
  readonly packets: number;
  readonly lost: number;
  /** Seconds. */
  readonly jitter: number;
}

/** Quality of what was heard between two counts; undefined when nothing was due to arrive (e.g. on hold). */
export function qualityBetween(before: ReceivedSums, after: ReceivedSums): LineQuality | undefined {
  const packets = after.packets - before.packets;
  const lost = Math.max(0, after.lost - before.lost);
  if (packets + lost <= 0) return undefined;
  const share = lost / (packets + lost);
  // ITU-T G.113: G.711 with loss concealment is hardly disturbed below 2 % and badly above 8 %.
  if (share > 0.08 || after.jitter > 0.1) return 'poor';
  if (share > 0.02 || after.jitter > 0.04) return 'fair';
  return 'good';
}

/** What has been received so far. */
export async function receivedSums(connection: RTCPeerConnection): Promise<ReceivedSums | undefined> {
  for (const [, report] of (await connection.getStats()) as unknown as Map<string, Record<string, unknown>>)
    if (report['type'] === 'inbound-rtp' && report['kind'] === 'audio')
      return {
        packets: Number(report['packetsReceived'] ?? 0),
        lost: Number(report['packetsLost'] ?? 0),
        jitter: Number(report['jitter'] ?? 0),
      };
  return undefined;
}
