import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adminRoutes } from '@amtsleitung/contract';
import { sineSource } from '@amtsleitung/simulator';
import { TestAuthority } from '@amtsleitung/sip/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Baresip } from './harness/baresip.ts';
import { House } from './harness/house.ts';
import { Linphone } from './harness/linphone.ts';
import { story } from './harness/programs.ts';
import { tempFolder } from './harness/temp-folder.ts';
import { tones } from './harness/tones.ts';
import { deskPhone, newDevice, town } from './harness/town.ts';

/** A device whose calls are encrypted, as an administrator sets it. */
async function encryptedDevice(house: House, person: string) {
  const account = await newDevice(house, person, 'SRTP');
  const admin = await house.signIn(town.admin);
  const { devices } = await admin.call(adminRoutes.overview);
  const { id, personId, siteId, label, settings } = devices.find(({ sipUser }) => sipUser === account.user)!;
  const body = { personId, siteId, label, settings: { ...settings, srtp: true } };
  await admin.call(adminRoutes.updateDevice, { params: { id }, body });
  return account;
}

/** Linphone looks for a name in certificates and knows no addresses there. */
const byName = (house: House) => ({ ...house.address.sip, host: 'localhost' });

describe('a house with the certificate of its first start', () => {
  let house: House;
  let authorities: string;
  beforeAll(async () => {
    house = await House.start({ topic: 'phones-over-tls', args: ['--sip-tls-port', '0'] });
    authorities = join(house.address.data, 'tls/certificate.pem');
  });
  afterAll(() => house.tearDown());

  const secureBaresip = (account: Awaited<ReturnType<typeof newDevice>>, srtp: boolean) =>
    Baresip.start({ tone: tones.desk, server: house.address.sip, account, transport: 'tls', authorities, srtp });

  story('softphones that check it', ['baresip', 'linphonec'], () => {
    it('RFC 4568 §5.1: talk with SRTP in both directions of calling, and hold', async () => {
      const mira = await secureBaresip(await encryptedDevice(house, town.mira.name), true);
      await mira.registered();
      const account = await encryptedDevice(house, town.pia.name);
      const pia = await Linphone.start({
        tone: tones.colleague,
        server: byName(house),
        account,
        transport: 'tls',
        authorities,
        srtp: true,
      });
      mira.command('dial', `sip:${town.pia.extension}@${account.domain}`);
      await pia.until(/Receiving new incoming call|is contacting you/);
      pia.command('answer');
      await Promise.all([mira.ear.untilHears(tones.colleague), pia.ear.untilHears(tones.desk)]);
      pia.command('pause 1');
      await mira.ear.untilSilentOf(tones.colleague);
      pia.command('resume 1');
      await Promise.all([mira.ear.untilHears(tones.colleague), pia.ear.untilHears(tones.desk)]);
      pia.command('terminate');
      await mira.until(['CALL_CLOSED']);

      const mark = mira.events.length;
      pia.command(`call ${town.mira.extension}`);
      await mira.until(['CALL_INCOMING'], 15_000, mark);
      mira.command('accept');
      await Promise.all([mira.ear.untilHears(tones.colleague), pia.ear.untilHears(tones.desk)]);
      mira.command('hangup');
      await pia.until(/Call 2 .* ended/);
      expect(house.lines.join('\n')).not.toMatch(/inline:|a=crypto/);
    });
  });

  story('a softphone that talks encrypted or not at all', ['baresip'], () => {
    it('talks with one that knows no encryption', async () => {
      const mira = await secureBaresip(await encryptedDevice(house, town.mira.name), true);
      await mira.registered();
      const pia = await deskPhone(house, town.pia.name, { says: () => sineSource(tones.colleague) });
      const call = await pia.call(town.mira.extension);
      await mira.until(['CALL_INCOMING']);
      mira.command('accept');
      await call.untilAnswered();
      await Promise.all([mira.ear.untilHears(tones.colleague), call.rtp.untilHears(tones.desk)]);
      call.hangUp();
      await mira.until(['CALL_CLOSED']);
    });

    it('RFC 4568 §8.3: is refused with 488 over a line on which its keys could be read', async () => {
      const account = await newDevice(house, town.mira.name, 'Softphone über UDP');
      const mira = await Baresip.start({ tone: tones.desk, server: house.address.sip, account, srtp: true });
      await mira.registered();
      await deskPhone(house, town.pia.name, { whenCalled: 'answer' });
      mira.command('dial', `sip:${town.pia.extension}@${account.domain}`);
      expect((await mira.until(['CALL_CLOSED'])).param).toMatch(/^488/);
    });
  });
});

story('a certificate that is renewed while phones are registered', ['baresip', 'linphonec'], () => {
  it('leaves their connections alone, and new ones see the new one', async () => {
    const folder = tempFolder('renewed');
    onTestFinished(() => folder.remove());
    const at = (name: string): string => join(folder.path, name);
    const install = async (name: string): Promise<string> => {
      const authority = await TestAuthority.create(name);
      const { certificate, key } = await authority.issue([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
      ]);
      writeFileSync(at('certificate.pem'), certificate);
      writeFileSync(at('key.pem'), key);
      writeFileSync(at(`${name}.pem`), authority.certificate);
      return at(`${name}.pem`);
    };
    const before = await install('before');
    const files = ['--sip-tls-certificate', at('certificate.pem'), '--sip-tls-key', at('key.pem')];
    const house = await House.start({ topic: 'renewed', args: files });
    onTestFinished(() => house.tearDown());
    const mira = await Baresip.start({
      tone: tones.desk,
      server: house.address.sip,
      account: await newDevice(house, town.mira.name),
      transport: 'tls',
      authorities: before,
    });
    await mira.registered();

    const after = await install('after');
    process.kill(house.address.pid, 'SIGHUP');
    await expect.poll(() => house.lines.some((line) => line.includes('renewed certificate in service'))).toBe(true);
    // It trusts the new authority alone.
    const pia = await Linphone.start({
      tone: tones.colleague,
      server: byName(house),
      account: await newDevice(house, town.pia.name),
      transport: 'tls',
      authorities: after,
    });
    pia.command(`call ${town.mira.extension}`);
    await mira.until(['CALL_INCOMING']);
    mira.command('accept');
    await Promise.all([mira.ear.untilHears(tones.colleague), pia.ear.untilHears(tones.desk)]);
    pia.command('terminate');
    await mira.until(['CALL_CLOSED']);
  });
});
