import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMessage, printMessage, sdpBody } from '../index.ts';
import { Stage } from '../testing/index.ts';

const house = '198.51.100.2';
const folder = (name: string) => new URL(`../../testdata/${name}/`, import.meta.url);

/** RFC 4475 §3: the final status of each message; none: not answered at all. */
const rfc4475: Readonly<Record<string, number | 'none'>> = {
  // §3.1.1 valid
  // Well-formed, but its To tag names a dialog that does not exist.
  wsinv: 481,
  intmeth: 501,
  esc01: 200,
  escnull: 200,
  esc02: 501,
  lwsdisp: 200,
  longreq: 200,
  dblreq: 200,
  semiuri: 200,
  transports: 200,
  mpart01: 200,
  unreason: 'none',
  noreason: 'none',
  // §3.1.2 invalid
  badinv01: 400,
  clerr: 400,
  ncl: 400,
  scalar02: 400,
  scalarlg: 'none',
  quotbal: 400,
  ltgtruri: 400,
  lwsruri: 400,
  lwsstart: 400,
  trws: 400,
  escruri: 400,
  // The Date is not used, so its time zone does not matter.
  baddate: 200,
  regbadct: 400,
  badaspec: 400,
  // Liberal: the display names are read as if quoted.
  baddn: 200,
  badvers: 505,
  mismatch01: 400,
  mismatch02: 501,
  bigcode: 'none',
  // §3.2 transaction layer
  badbranch: 400,
  // §3.3 application layer
  insuf: 400,
  unkscm: 416,
  novelsc: 416,
  unksm2: 400,
  bext01: 420,
  invut: 415,
  regaut01: 200,
  multi01: 400,
  mcl01: 400,
  bcast: 'none',
  zeromf: 200,
  cparam01: 200,
  cparam02: 200,
  regescrt: 200,
  sdp01: 406,
  // §3.4 RFC 2543
  inv2543: 200,
};

/** RFC 5118 §4. BYEs of no dialog are well-formed and get 481. */
const rfc5118: Readonly<Record<string, number | 'none'>> = {
  'ipv6-good': 200,
  'ipv6-bad': 400,
  'port-ambiguous': 200,
  'port-unambiguous': 200,
  'via-received-param-with-delim': 481,
  'via-received-param-no-delim': 200,
  // Printed with a Content-Length of 268 where 251 octets follow, which RFC 3261 §18.3 makes an error; see below.
  'ipv6-in-sdp': 400,
  'mult-ip-in-header': 481,
  'mult-ip-in-sdp': 200,
  'ipv4-mapped-ipv6': 200,
  'ipv6-bug-abnf-3-colons': 200,
  'ipv6-correct-abnf-2-colons': 200,
};

/** The final statuses an open user agent answers to `bytes`. */
async function answersTo(bytes: Uint8Array): Promise<readonly number[]> {
  const stage = new Stage();
  await stage.agent(house, {
    methods: ['REGISTER', 'MESSAGE'],
    handlers: {
      onInvite: (session) => session.accept(sdpBody('v=0')),
      onRequest: (incoming) => incoming.respond(200),
    },
  });
  stage.network.carryBytes({ host: '203.0.113.7', port: 5060 }, { host: house, port: 5060 }, bytes);
  await stage.pass(50);
  return stage.network.sent.flatMap(({ message }) =>
    message.kind === 'response' && message.status >= 200 ? [message.status] : [],
  );
}

/** The archive of RFC 5118 has lost the CR of its line ends; its Content-Lengths count them. */
function bytesOf(folderName: string, file: string): Uint8Array {
  const bytes = readFileSync(new URL(file, folder(folderName)));
  return folderName === 'rfc5118' ? Buffer.from(bytes.toString('latin1').replace(/\n/g, '\r\n'), 'latin1') : bytes;
}

describe.each([
  ['rfc4475', rfc4475, '.dat'],
  ['rfc5118', rfc5118, ''],
] as const)('%s', (name, expected, suffix) => {
  it('is complete', () => {
    expect(readdirSync(folder(name)).sort()).toEqual(
      Object.keys(expected)
        .map((one) => `${one}${suffix}`)
        .sort(),
    );
  });

  it.each(Object.entries(expected))('%s → %s', async (message, status) => {
    expect(await answersTo(bytesOf(name, `${message}${suffix}`))).toEqual(status === 'none' ? [] : [status]);
  });

  it.each(Object.keys(expected))('%s, if readable, means the same when printed and read again', (message) => {
    const first = parseMessage(bytesOf(name, `${message}${suffix}`));
    if (first.kind !== 'message') return;
    const second = parseMessage(printMessage(first.message));
    expect(second.kind).toBe('message');
    if (second.kind !== 'message') return;
    const rest = (one: typeof first.message) => one.headers.filter((header) => header.name !== 'Content-Length');
    expect(rest(second.message)).toEqual(rest(first.message));
    expect(Buffer.from(second.message.body).equals(Buffer.from(first.message.body))).toBe(true);
  });
});

it('rfc5118 ipv6-in-sdp with its true length is served', async () => {
  const text = Buffer.from(bytesOf('rfc5118', 'ipv6-in-sdp')).toString('latin1').replace('268', '251');
  expect(await answersTo(Buffer.from(text, 'latin1'))).toEqual([200]);
});
