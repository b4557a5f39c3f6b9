import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { certificateRoutes } from '@amtsleitung/contract';
import { TestAuthority } from '@amtsleitung/sip/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Baresip } from './harness/baresip.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { sendDatagram } from './harness/raw-sip.ts';
import { tempFolder } from './harness/temp-folder.ts';
import { tones } from './harness/tones.ts';
import { deskPhone, newDevice, town, watch } from './harness/town.ts';

const folder = tempFolder('sip-tls');
const at = (name: string): string => join(folder.path, name);
const names = [
  { type: 'ip', value: '127.0.0.1' },
  { type: 'dns', value: 'musterstadt.example' },
] as const;
let authority: TestAuthority;

/** Writes a certificate, as an operator's ACME client does. */
async function renew(days = 90): Promise<void> {
  const { certificate, key } = await authority.issue(names, days);
  writeFileSync(at('certificate.pem'), certificate);
  writeFileSync(at('key.pem'), key);
}

const flags = () => [
  ...['--sip-tls-certificate', at('certificate.pem'), '--sip-tls-key', at('key.pem')],
  ...['--sip-tls-authorities', at('authority.pem')],
];

beforeAll(async () => {
  authority = await TestAuthority.create('Stadt Musterstadt');
  writeFileSync(at('authority.pem'), authority.certificate);
  await renew();
});
afterAll(() => folder.remove());

/** A handshake that checks everything; gives up with the reason. */
function knock(house: House): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: house.address.sip.tls!, ca: authority.certificate });
  onTestFinished(() => void socket.destroy());
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', reject);
  });
}

const options = (branch: string) =>
  `OPTIONS sip:musterstadt.example SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:5061;branch=z9hG4bK${branch}\r\n` +
  `Max-Forwards: 70\r\nFrom: <sip:a@b.test>;tag=1\r\nTo: <sip:musterstadt.example>\r\nCall-ID: ${branch}\r\n` +
  'CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n';

const answerTo = (socket: TLSSocket, request: string): Promise<string> =>
  new Promise((resolve) => {
    socket.once('data', (data) => resolve(data.toString()));
    socket.write(request);
  });

describe('SIP over TLS', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.start({ topic: 'sip-tls', args: flags() });
  });
  afterAll(() => house.tearDown());

  it('speaks TLS 1.2 and 1.3 and nothing older, as openssl sees it', () => {
    const target = `127.0.0.1:${house.address.sip.tls}`;
    const shake = (...more: string[]) =>
      execFileSync('openssl', ['s_client', '-connect', target, '-CAfile', at('authority.pem'), '-brief', ...more], {
        input: '',
        stdio: ['pipe', 'pipe', 'pipe'],
      });
    for (const version of ['-tls1_2', '-tls1_3']) expect(() => shake(version, '-verify_return_error')).not.toThrow();
    expect(() => shake('-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0')).toThrow();
    expect(() => shake('-tls1_2', '-cipher', 'AES128-SHA256')).toThrow();
  });

  it('renews its certificate on SIGHUP; connections stay, and the administration shows it', async () => {
    const standing = await knock(house);
    const before = standing.getPeerCertificate().fingerprint256;
    await renew(60);
    process.kill(house.address.pid, 'SIGHUP');
    const served = async () => {
      const socket = await knock(house);
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.destroy();
      return fingerprint256;
    };
    await expect.poll(served, { timeout: 10_000 }).not.toBe(before);
    expect(await answerTo(standing, options('standing'))).toMatch(/^SIP\/2\.0 /);
    const admin = await house.signIn(town.admin);
    const { certificates } = await admin.call(certificateRoutes.list);
    expect(certificates).toEqual([expect.objectContaining({ use: 'sip', selfSigned: false })]);
    expect(certificates[0]!.names).toContain('musterstadt.example');
  });

  it('keeps its certificate when the new files are useless', async () => {
    const good = (await knock(house)).getPeerCertificate().fingerprint256;
    writeFileSync(at('key.pem'), 'half a key');
    process.kill(house.address.pid, 'SIGHUP');
    await expect.poll(() => house.lines.some((line) => line.includes('the old one stays'))).toBe(true);
    expect((await knock(house)).getPeerCertificate().fingerprint256).toBe(good);
    await renew();
  });

  story('a softphone that checks certificates', ['baresip'], () => {
    it('registers over TLS, is called and calls', async () => {
      const account = await newDevice(house, town.mira.name, 'Softphone über TLS');
      const phone = await Baresip.start({
        tone: tones.desk,
        server: house.address.sip,
        account,
        transport: 'tls',
        authorities: at('authority.pem'),
      });
      await phone.registered();
      const other = await deskPhone(house, town.pia.name);
      const mira = await house.signIn(town.mira.name);
      const live = await watch(mira);
      other.call(town.mira.extension);
      await phone.until(['CALL_INCOMING']);
      phone.command('accept');
      await live.until('phone', ({ calls }) => calls[0]?.state === 'connected');
      await phone.ear.untilHears(tones.desk);
      phone.command('hangup');
      await phone.until(['CALL_CLOSED']);
      phone.command('dial', `sip:${town.pia.extension}@${account.domain}`);
      const incoming = await other.untilCalled();
      incoming.answer();
      await phone.until(['CALL_ESTABLISHED']);
    });
  });
});

describe('a certificate that is over', () => {
  it('is told loudly, and UDP and TCP go on', async () => {
    await renew(0);
    const house = await House.start({ topic: 'sip-tls-over', args: flags() });
    onTestFinished(() => house.tearDown());
    await expect.poll(() => house.lines.some((line) => line.includes('certificate is over'))).toBe(true);
    await expect(knock(house)).rejects.toThrow(/expired/);
    await deskPhone(house, town.mira.name);
  });
});

it('a house of both families serves phones and browsers over IPv6', async () => {
  const house = await House.start({ topic: 'sip-six', args: ['--host', '127.0.0.1,::1', '--sip-tls-port', '0'] });
  onTestFinished(() => house.tearDown());
  const { sip, http } = house.address;
  expect(sip.tls).toBeGreaterThan(0);
  const web = await fetch(`http://[::1]:${new URL(http).port}/`);
  expect(web.status).toBe(200);
  const request = options('six').replace('TLS 127.0.0.1:5061', 'UDP [::1]:5061;rport');
  const answer = await sendDatagram(request, { host: '::1', port: sip.udp }, 3_000, '::1');
  expect(answer).toMatch(/^SIP\/2\.0 [\s\S]*;received=::1/);
  expect(house.lines.filter((line) => line.includes('UDP receive buffer'))).toHaveLength(1);
});
