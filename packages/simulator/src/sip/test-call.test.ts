import { afterEach, describe, expect, it } from 'vitest';
import { headerValue } from '@amtsleitung/sip';
import { TestPhone } from '../phone/test-phone.ts';
import { sineSource } from '../tone/audio-source.ts';
import { TestTrunk, type TestTrunkOptions } from '../trunk/test-trunk.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()));
});

const nowhere = { host: '127.0.0.1', udp: 9, tcp: 9 };

/** A provider and a phone that know each other directly: no house between them. */
async function pair(transport: 'udp' | 'tcp', whenCalled: TestTrunkOptions['whenCalled'] = 'ring') {
  const trunk = await TestTrunk.open({ server: nowhere, transport, whenCalled, says: () => sineSource(641) });
  open.push(trunk);
  const server = { host: trunk.host, udp: trunk.port, tcp: trunk.port };
  const account = { user: 'mira', password: 'x', domain: 'town.example' };
  const phone = await TestPhone.open({ server, transport, account, says: () => sineSource(905) });
  open.push(phone);
  return { trunk, phone };
}

describe.each(['udp', 'tcp'] as const)('a call over %s', (transport) => {
  it('rings, is answered, carries both tones, is held, resumed and ended', { timeout: 20_000 }, async () => {
    const { trunk, phone } = await pair(transport);
    const call = await phone.call('0171');
    const far = await trunk.untilCalled();
    await call.untilRinging();
    expect(far.invite!.uri).toBe('sip:0171@town.example');
    far.answer();
    await call.untilAnswered();
    await Promise.all([call.rtp.untilHears(641), far.rtp.untilHears(905)]);
    for (const form of ['sendonly', 'inactive', '0.0.0.0'] as const) {
      await call.hold(form);
      expect(far.remote?.direction).toBe(form === '0.0.0.0' ? 'sendrecv' : form);
      await far.rtp.untilSilentOf(905);
      await call.resume();
      await Promise.all([call.rtp.untilHears(641), far.rtp.untilHears(905)]);
    }
    far.hangUp();
    expect(await call.untilEnded()).toMatchObject({ by: 'remote', cause: 'bye' });
  });
});

describe('a call that does not come about', () => {
  it('is refused with the far side’s status', async () => {
    const { trunk, phone } = await pair('udp');
    const call = await phone.call('0171');
    (await trunk.untilCalled()).reject(486);
    expect(await call.untilEnded()).toMatchObject({ cause: 'rejected', status: 486 });
    await expect(call.untilAnswered(10)).rejects.toThrow(/ended by remote \(rejected 486\)/);
  });

  it('is cancelled', async () => {
    const { trunk, phone } = await pair('udp');
    const call = await phone.call('0171');
    const far = await trunk.untilCalled();
    await call.untilRinging();
    call.hangUp();
    expect(await far.untilEnded()).toMatchObject({ by: 'remote', cause: 'cancelled' });
  });

  it('says that nobody called', async () => {
    const { phone } = await pair('udp', 'nothing');
    await expect(phone.untilCalled(20)).rejects.toThrow('no call came in 20 ms');
  });
});

describe('a citizen who hides the number', () => {
  it('is anonymous in From and known only in P-Asserted-Identity', async () => {
    const { trunk, phone } = await pair('udp');
    const other = await TestTrunk.open({ server: { host: '127.0.0.1', udp: phone.port, tcp: phone.port } });
    open.push(other, trunk);
    await other.call('+4949', { from: '+491713920001', anonymous: true });
    const { invite } = await phone.untilCalled();
    expect(headerValue(invite!, 'From')).toContain('anonymous@anonymous.invalid');
    expect(headerValue(invite!, 'P-Asserted-Identity')).toContain('+491713920001');
    expect(headerValue(invite!, 'Privacy')).toBe('id');
  });
});
