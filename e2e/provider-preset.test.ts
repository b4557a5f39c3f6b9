import { adminRoutes, trunkRoutes, type TrunkInput } from '@amtsleitung/contract';
import { trunkFromPreset } from '@amtsleitung/domain';
import {
  FakeProvider,
  RtpTonePeer,
  germanProviders,
  printPhoneSdp,
  readPhoneSdp,
  sineSource,
  type ProviderScript,
} from '@amtsleitung/simulator';
import { UdpTransport } from '@amtsleitung/sip';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { House } from './harness/house.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, pointTrunk, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'provider-preset' });
});
afterAll(() => house.tearDown());

const script: ProviderScript = { ...germanProviders.nfon, blocks: [town.head] };
const account = script.account!;

/** The scripted provider on real sockets, with a voice. */
async function nfon(): Promise<{ provider: FakeProvider; voice: RtpTonePeer; port: number }> {
  const voice = await RtpTonePeer.open({ host: '127.0.0.2', says: sineSource(tones.citizen) });
  const transport = new UdpTransport({ address: '127.0.0.2', port: 0 });
  const provider = await FakeProvider.open({
    script,
    servers: [transport],
    describe: (offer) => {
      if (offer !== undefined) voice.sendTo(readPhoneSdp(offer));
      return printPhoneSdp(voice.described(), 1);
    },
  });
  onTestFinished(async () => {
    await provider.close();
    voice.close();
  });
  return { provider, voice, port: transport.port };
}

/** The demo trunk becomes what an administrator makes of the preset, but for the server's place. */
async function takePreset(id: string, port: number): Promise<void> {
  const admin = await house.signIn(town.admin);
  const { presets } = await admin.call(trunkRoutes.presets);
  const preset = presets.find((one) => one.id === id)!;
  const { username, password } = account;
  const { host, transport, settings } = trunkFromPreset(preset, {
    username,
    password,
    outboundProxy: `127.0.0.2:${port}`,
  });
  const place = { host, transport, port: undefined, sourceAddresses: [] };
  await pointTrunk(house, { ...place, username, password, settings: settings as TrunkInput['settings'] });
}

describe('a trunk made from a provider’s preset', () => {
  it(
    'registers, brings a call with both voices, and calls out under the office’s number',
    { timeout: 60_000 },
    async () => {
      const { provider, voice, port } = await nfon();
      await takePreset('nfon', port);
      await expect.poll(() => provider.registrar.binding?.contact, { timeout: 15_000 }).toBeDefined();
      const phone = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });

      const incoming = provider.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(7) });
      const answered = await phone.untilCalled();
      await answered.untilAnswered();
      await expect.poll(() => incoming.remoteSdp).toBeDefined();
      voice.sendTo(readPhoneSdp(incoming.remoteSdp!));
      await Promise.all([answered.rtp.untilHears(tones.citizen), voice.untilHears(tones.desk)]);
      incoming.hangUp();
      await answered.untilEnded();

      provider.onCall = (call) => call.answer();
      const outgoing = await phone.call(citizenNumber(8));
      await outgoing.untilAnswered();
      expect(provider.calls[0]?.verdict).toMatchObject({
        called: citizenNumber(8),
        shows: `${town.head}${town.mira.extension}`,
      });
      await Promise.all([outgoing.rtp.untilHears(tones.citizen), voice.untilHears(tones.desk)]);
      outgoing.hangUp();
      await outgoing.untilEnded();
      expect(provider.refusals).toEqual([]);
    },
  );

  it('is listed with its basis: every field documented or assumed', async () => {
    const admin = await house.signIn(town.admin);
    const { presets } = await admin.call(trunkRoutes.presets);
    expect(presets.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(germanProviders)));
    const { host, settings } = presets.find(({ id }) => id === 'sipgate')!;
    expect(host).toEqual({ value: 'sipconnect.sipgate.de', basis: 'documented', source: 'sipgate-caller' });
    expect(settings.srtp.basis).toBe('assumed');
    const { trunks } = await admin.call(adminRoutes.overview);
    expect(JSON.stringify(trunks)).not.toContain(account.password);
  });
});
