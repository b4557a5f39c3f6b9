/** RFC 3550 §6.4.1, report block. */
export interface ReportBlock {
  readonly ssrc: number;
  /** 0 to 255: lost since the last report, in 256ths. */
  readonly fractionLost: number;
  readonly packetsLost: number;
  readonly extendedHighest: number;
  /** In units of the RTP clock. */
  readonly jitter: number;
}

export interface SenderReport {
  readonly ssrc: number;
  /** Wall time in milliseconds since 1970. */
  readonly wallTime: number;
  readonly timestamp: number;
  readonly packets: number;
  readonly octets: number;
  readonly block?: ReportBlock;
}

export interface ReceivedReport {
  readonly kind: 'sender-report' | 'receiver-report';
  readonly ssrc: number;
  readonly blocks: readonly ReportBlock[];
}

const senderReportType = 200;
const receiverReportType = 201;
const descriptionType = 202;
/** Seconds from 1900 to 1970. */
const ntpOffset = 2_208_988_800;

/** A compound packet: sender report and the CNAME that RFC 3550 §6.1 demands beside it. */
export function printSenderReport(report: SenderReport, canonicalName: string): Buffer {
  const head = Buffer.alloc(report.block ? 52 : 28);
  head[0] = 0x80 | (report.block ? 1 : 0);
  head[1] = senderReportType;
  head.writeUInt16BE(head.length / 4 - 1, 2);
  head.writeUInt32BE(report.ssrc, 4);
  head.writeUInt32BE((Math.floor(report.wallTime / 1000) + ntpOffset) >>> 0, 8);
  head.writeUInt32BE(Math.floor(((report.wallTime % 1000) / 1000) * 0x1_0000_0000), 12);
  head.writeUInt32BE(report.timestamp >>> 0, 16);
  head.writeUInt32BE(report.packets >>> 0, 20);
  head.writeUInt32BE(report.octets >>> 0, 24);
  if (report.block) writeBlock(head, 28, report.block);
  return Buffer.concat([head, printDescription(report.ssrc, canonicalName)]);
}

/** The same of somebody who has sent nothing since its last report, RFC 3550 §6.4. */
export function printReceiverReport(ssrc: number, block: ReportBlock | undefined, canonicalName: string): Buffer {
  const head = Buffer.alloc(block ? 32 : 8);
  head[0] = 0x80 | (block ? 1 : 0);
  head[1] = receiverReportType;
  head.writeUInt16BE(head.length / 4 - 1, 2);
  head.writeUInt32BE(ssrc, 4);
  if (block) writeBlock(head, 8, block);
  return Buffer.concat([head, printDescription(ssrc, canonicalName)]);
}

/** The reports of a compound packet; undefined when it is malformed. Other packet types are skipped. */
export function parseRtcp(packet: Buffer): readonly ReceivedReport[] | undefined {
  const reports: ReceivedReport[] = [];
  for (let start = 0; start < packet.length;) {
    if (start + 8 > packet.length || packet[start]! >> 6 !== 2) return undefined;
    const end = start + (packet.readUInt16BE(start + 2) + 1) * 4;
    if (end > packet.length) return undefined;
    const report = parseReport(packet.subarray(start, end));
    if (report === 'malformed') return undefined;
    if (report) reports.push(report);
    start = end;
  }
  return reports;
}

function parseReport(packet: Buffer): ReceivedReport | 'malformed' | undefined {
  const type = packet[1]!;
  if (type !== senderReportType && type !== receiverReportType) return undefined;
  const kind = type === senderReportType ? 'sender-report' : 'receiver-report';
  const first = kind === 'sender-report' ? 28 : 8;
  const count = packet[0]! & 0x1f;
  if (first + count * 24 > packet.length) return 'malformed';
  const blocks = Array.from({ length: count }, (_, index) => readBlock(packet, first + index * 24));
  return { kind, ssrc: packet.readUInt32BE(4), blocks };
}

function writeBlock(target: Buffer, at: number, block: ReportBlock): void {
  target.writeUInt32BE(block.ssrc, at);
  target[at + 4] = block.fractionLost;
  target.writeUIntBE(Math.min(block.packetsLost, 0x7fffff), at + 5, 3);
  target.writeUInt32BE(block.extendedHighest, at + 8);
  target.writeUInt32BE(block.jitter, at + 12);
}

function readBlock(packet: Buffer, at: number): ReportBlock {
  return {
    ssrc: packet.readUInt32BE(at),
    fractionLost: packet[at + 4]!,
    packetsLost: packet.readIntBE(at + 5, 3),
    extendedHighest: packet.readUInt32BE(at + 8),
    jitter: packet.readUInt32BE(at + 12),
  };
}

/** RFC 3550 §6.5: one chunk with the CNAME, ended by a null and padded to 32 bits. */
function printDescription(ssrc: number, canonicalName: string): Buffer {
  const name = Buffer.from(canonicalName, 'utf8').subarray(0, 255);
  const items = Math.ceil((2 + name.length + 1) / 4) * 4;
  const packet = Buffer.alloc(8 + items);
  packet[0] = 0x81;
  packet[1] = descriptionType;
  packet.writeUInt16BE(packet.length / 4 - 1, 2);
  packet.writeUInt32BE(ssrc, 4);
  packet[8] = 1;
  packet[9] = name.length;
  name.copy(packet, 10);
  return packet;
}
