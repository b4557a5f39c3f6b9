import { printReceiverReport, printSenderReport, type ReportBlock } from '../../rtp/rtcp-packet.ts';
import type { OutgoingStream } from './outgoing-stream.ts';

/** Writes a leg's RTCP reports: as a sender when it has sent anything since the last one (RFC 3550 §6.4). */
export class Reporter {
  readonly #canonicalName: string;
  #packets = 0;

  constructor(canonicalName: string) {
    this.#canonicalName = canonicalName;
  }

  /** `wallTime` in milliseconds since 1970. */
  print(outgoing: OutgoingStream, block: ReportBlock | undefined, wallTime: number): Buffer {
    const { ssrc, timestamp, packets, octets } = outgoing;
    const isSender = packets > this.#packets;
    this.#packets = packets;
    if (!isSender) return printReceiverReport(ssrc, block, this.#canonicalName);
    const report = { ssrc, wallTime, timestamp, packets, octets, ...(block ? { block } : {}) };
    return printSenderReport(report, this.#canonicalName);
  }
}
