import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adminRoutes } from '@amtsleitung/contract';
import { TestAuthority } from '@amtsleitung/sip/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Baresip } from './harness/baresip.ts';
import { freeHousePort } from './harness/free-port.ts';
import { House } from './harness/house.ts';
import { numberIn } from './harness/message-shape.ts';
import { story } from './harness/programs.ts';
import { tempFolder } from './harness/temp-folder.ts';
import { tones } from './harness/tones.ts';
import { deskPhone, pointTrunk, town } from './harness/town.ts';

const folder = tempFolder('encrypted-trunk');
const authorityFile = join(folder.path, 'authority.pem');
const certificateFile = join(folder.path, 'provider.pem');
const keyFile = join(folder.path, 'key.pem');
const mobile = '+491713920050';

let tlsPort: number;
let house: House;
beforeAll(async () => {
  const authority = await TestAuthority.create();
  const { certificate, key } = await authority.issue([{ type: 'ip', value: '127.0.0.1' }]);
  writeFileSync(authorityFile, authority.certificate);
  writeFileSync(certificateFile, `${certificate}\n${key}`);
  writeFileSync(keyFile, key);
  tlsPort = await freeHousePort();
  const own = ['--sip-tls-port', String(tlsPort), '--sip-tls-certificate', certificateFile, '--sip-tls-key', keyFile];
  house = await House.start({ topic: 'encrypted-trunk', args: ['--sip-tls-authorities', authorityFile, ...own] });
});
afterAll(async () => {
  await house.tearDown();
  folder.remove();
});

/** The demo trunk leads to this provider, over TLS. */
async function leadTo(provider: Baresip, srtp: 'off' | 'required'): Promise<void> {
  const admin = await house.signIn(town.admin);
  const { settings } = (await admin.call(adminRoutes.overview)).trunks[0]!;
  const place = { host: '127.0.0.1', port: provider.tlsPort, transport: 'tls' as const };
  await pointTrunk(house, { ...place, sourceAddresses: ['127.0.0.1'], settings: { ...settings, srtp } });
}

story('a line with TLS and SRTP', ['baresip'], () => {
  it('carries both voices, through hold and resume, and no key stands in the log', { timeout: 60_000 }, async () => {
    const provider = await Baresip.startProvider({ tone: tones.citizen, number: mobile, certificateFile });
    await leadTo(provider, 'required');
    const phone = await deskPhone(house, town.mira.name);
    const call = await phone.call(mobile);
    await call.untilAnswered();
    await Promise.all([call.rtp.untilHears(tones.citizen), provider.ear.untilHears(tones.desk)]);
    await call.hold('sendonly');
    await provider.ear.untilSilentOf(tones.desk);
    await call.resume();
    await Promise.all([call.rtp.untilHears(tones.citizen), provider.ear.untilHears(tones.desk)]);
    call.hangUp();
    await call.untilEnded();
    expect(house.lines.join('\n')).not.toMatch(/inline:|a=crypto/);
  });

  it('brings a citizen’s call', { timeout: 60_000 }, async () => {
    const provider = await Baresip.startProvider({ tone: tones.citizen, number: mobile, certificateFile });
    await leadTo(provider, 'required');
    const phone = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });
    const number = `${town.head}${town.mira.extension}`;
    provider.command('dial', `sip:${number}@127.0.0.1:${tlsPort};transport=tls`);
    const call = await phone.untilCalled();
    expect(numberIn(call.invite!, 'From')).toBe(mobile);
    await Promise.all([call.rtp.untilHears(tones.citizen), provider.ear.untilHears(tones.desk)]);
    call.hangUp();
    await call.untilEnded();
    await provider.until(['CALL_CLOSED']);
  });

  it('is no line at all when it is set up without SRTP', { timeout: 60_000 }, async () => {
    const provider = await Baresip.startProvider({ tone: tones.citizen, number: mobile, certificateFile });
    await leadTo(provider, 'off');
    const phone = await deskPhone(house, town.mira.name);
    const call = await phone.call(mobile);
    const heard = call.rtp.ear.untilHearsSomething().then(() => 'announcement');
    const ended = call.untilEnded().then(({ status }) => status);
    expect(['announcement', 488]).toContain(await Promise.race([heard.catch(() => 'nothing'), ended]));
    expect(provider.events.map(({ type }) => type)).not.toContain('CALL_ESTABLISHED');
  });
});
