import { parseMessage, printMessage } from '@amtsleitung/sip';
import type { Figure } from './figures.ts';

const warmUp = 20_000;
const rounds = 100_000;
/** So many calls, each with its own people, branches and tags: no memory of earlier texts helps. */
const variants = 5_000;

/** A desk phone's INVITE as they are sent every day: 15 headers, one Via of a proxy, G.711 and G.722 offered. */
const text = [
  'INVITE sip:+49499921120@musterstadt.example;user=phone SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK5f1c.8a3b7d01.0;rport',
  'Via: SIP/2.0/UDP 10.11.12.13:5060;received=198.51.100.7;branch=z9hG4bK-524287-1---0c9b8c0f1d2e3f45;rport=5060',
  'Max-Forwards: 69',
  'Record-Route: <sip:192.0.2.1;lr;ftag=8f7e6d5c;did=a1b.c2d>',
  'Contact: <sip:mira-desk@198.51.100.7:5060;transport=udp>',
  'To: "Mira Meldewesen" <sip:+49499921120@musterstadt.example;user=phone>',
  'From: "Ute Umzug" <sip:ute-desk@musterstadt.example>;tag=8f7e6d5c',
  'Call-ID: 84651NTgyZjQ0YzM2ZjE1NGQ1ZWI5M2M0ZTc2YTNhOWY',
  'CSeq: 2 INVITE',
  'Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE, UPDATE, PRACK',
  'Supported: replaces, timer, 100rel',
  'Session-Expires: 1800;refresher=uac',
  'P-Asserted-Identity: <sip:+49499921122@musterstadt.example>',
  'User-Agent: Deskphone T46 108.86.0.45',
  'Content-Type: application/sdp',
  'Content-Length: 283',
  '',
  'v=0',
  'o=- 20041 20041 IN IP4 198.51.100.7',
  's=-',
  'c=IN IP4 198.51.100.7',
  't=0 0',
  'm=audio 11810 RTP/AVP 9 8 0 18 101',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:18 G729/8000',
  'a=fmtp:18 annexb=no',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-15',
  'a=ptime:20',
  'a=sendrecv',
  '',
].join('\r\n');

const invites = Array.from({ length: variants }, (_, place) => {
  const mark = place.toString(16).padStart(4, '0');
  const own = (texts: string, known: string) => texts.replaceAll(known, `${known.slice(0, -4)}${mark}`);
  return Buffer.from(
    ['z9hG4bK5f1c.8a3b', '1---0c9b8c0f1d2e3f45', '8f7e6d5c', 'NTgyZjQ0YzM2', 'mira-desk', 'ute-desk'].reduce(own, text),
  );
});

/** CPU time of reading the INVITE with every check that the stack relies on, and of writing it again. */
export function parsePrint(): Promise<readonly Figure[]> {
  let bytes = 0;
  const once = (round: number): void => {
    const outcome = parseMessage(invites[round % variants]!);
    if (outcome.kind !== 'message') throw new Error(`not understood: ${outcome.kind}`);
    bytes += printMessage(outcome.message).length;
  };
  for (let round = 0; round < warmUp; round++) once(round);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) once(round);
  const { user, system } = process.cpuUsage(before);
  if (bytes === 0) throw new Error('nothing was printed');
  return Promise.resolve([{ name: 'parse and print of an INVITE', unit: 'µs CPU', value: (user + system) / rounds }]);
}
