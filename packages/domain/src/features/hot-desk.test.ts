import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDevice, type Device } from '../directory/device.ts';
import { SampleHouse, sampleTown, townWhere } from '../testing/index.ts';
import { OneTimeCodes } from './one-time-codes.ts';
import { pinFlaw } from './pin-flaw.ts';

const desk = (id: string, hotDesk = true): Device => ({
  ...{ id, tenantId: 'town', personId: 'eve', siteId: 'townhall', label: id, sipUser: id },
  ...{ ha1: { md5: '', sha256: '' }, settings: { ...plainDevice, hotDesk } },
});

/** Eve's two shared phones and one that is hers alone; Anna has a PIN. */
function house() {
  const town = townWhere('anna', { pinHash: 'hash of 864201' });
  return new SampleHouse({ town: { ...town, devices: [desk('desk-1'), desk('desk-2'), desk('own', false)] } });
}

const guestOf = (sample: SampleHouse, deviceId: string) =>
  sample.directory.byTenant('town')?.devices.find(({ id }) => id === deviceId)?.guestPersonId;

/** Lets promises that are due settle. */
const settled = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

describe('logging in on a desk phone', () => {
  it('by the code on the screen: good once, for two minutes', async () => {
    const sample = house();
    const { code, expiresAt } = sample.hotDesk.newCode('anna');
    expect(code).toMatch(/^[0-9]{6}$/);
    expect(expiresAt).toBe(sample.clock.now() + 120_000);
    const leg = sample.phoneDials('eve', `*30${code}`, 'desk-1');
    expect(sample.control.leg(leg).answered).toBe(true);
    expect(sample.control.heard(leg)).toEqual(['logged-in']);
    sample.control.playedOut(leg);
    expect(sample.control.leg(leg).gone).toBe(true);
    expect(guestOf(sample, 'desk-1')).toBe('anna');
    expect(sample.hotDesk.logInByCode('desk-2', code)).toBe('refused');
    const late = sample.hotDesk.newCode('anna').code;
    sample.clock.advance(120_000);
    expect(sample.hotDesk.logInByCode('desk-2', late)).toBe('refused');
    const older = sample.hotDesk.newCode('anna').code;
    const newer = sample.hotDesk.newCode('anna').code;
    expect(sample.hotDesk.logInByCode('desk-2', older)).toBe('refused');
    expect(sample.hotDesk.logInByCode('desk-2', newer)).toBe('logged-in');
    expect([guestOf(sample, 'desk-1'), guestOf(sample, 'desk-2')]).toEqual([undefined, 'anna']);
    await sample.writer.close();
    expect(sample.savedDevices.at(-1)).toMatchObject({ id: 'desk-2', guestPersonId: 'anna' });
    expect(sample.log.ofKind('call-arrived')).toEqual([]);
  });

  it('by extension and PIN, dialled at once or asked for', async () => {
    const sample = house();
    sample.phoneDials('eve', '*30*120*864201#', 'desk-1');
    await settled();
    expect(guestOf(sample, 'desk-1')).toBe('anna');
    const out = sample.phoneDials('anna', '*30#', 'desk-1');
    expect(sample.control.heard(out)).toEqual(['logged-out']);
    expect(guestOf(sample, 'desk-1')).toBeUndefined();
    const asked = sample.phoneDials('eve', '*30', 'desk-2');
    expect(sample.control.heard(asked)).toEqual(['enter-extension']);
    for (const digit of '120#') sample.control.fire({ kind: 'digit', leg: asked, digit });
    expect(sample.control.heard(asked)).toEqual(['enter-pin']);
    for (const digit of '864201') sample.control.fire({ kind: 'digit', leg: asked, digit });
    sample.clock.advance(5_000);
    await settled();
    expect(sample.control.heard(asked)).toEqual(['logged-in']);
    expect(guestOf(sample, 'desk-2')).toBe('anna');
  });

  it('abuse case 28: five wrong PINs lock, also for the right one; after half an hour it is open again', async () => {
    const sample = house();
    for (let attempt = 0; attempt < 5; attempt++) {
      const deviceId = attempt % 2 === 0 ? 'desk-1' : 'desk-2';
      expect(await sample.hotDesk.logInByPin(deviceId, '120', '111111')).toBe('refused');
    }
    expect(sample.log.ofKind('pin-locked')).toMatchObject([{ personId: 'anna' }]);
    expect(await sample.hotDesk.logInByPin('desk-1', '120', '864201')).toBe('refused');
    sample.clock.advance(30 * 60_000);
    expect(await sample.hotDesk.logInByPin('desk-1', '120', '864201')).toBe('logged-in');
  });

  it('attempts at the same time count as well', async () => {
    const sample = house();
    const pins = ['111111', '222222', '333333', '444444', '555555', '864201'];
    const answers = await Promise.all(pins.map((pin) => sample.hotDesk.logInByPin('desk-1', '120', pin)));
    expect(answers).toEqual(pins.map(() => 'refused'));
  });

  it("another organisation's code opens nothing here and is not spent", () => {
    const clock = new VirtualClock();
    const codes = new OneTimeCodes(clock, seededRandom(1));
    const { code } = codes.issue('their-person');
    expect(codes.take(code, () => false)).toBeUndefined();
    expect(codes.take(code, (personId) => personId === 'their-person')).toBe('their-person');
    expect(codes.take(code, () => true)).toBeUndefined();
  });

  it('five wrong codes lock the phone, not the people', () => {
    const sample = house();
    const { code } = sample.hotDesk.newCode('anna');
    const wrong = code === '000000' ? '000001' : '000000';
    for (let attempt = 0; attempt < 5; attempt++) expect(sample.hotDesk.logInByCode('desk-1', wrong)).toBe('refused');
    expect(sample.hotDesk.logInByCode('desk-1', code)).toBe('refused');
    expect(sample.hotDesk.logInByCode('desk-2', code)).toBe('logged-in');
  });

  it('abuse case 13: unknown extension, no PIN, wrong PIN and wrong code get one answer', async () => {
    const sample = house();
    const legs = ['*30*999*864201#', '*30*121*864201#', '*30*120*864202#', '*30000000'].map((dialled) =>
      sample.phoneDials('eve', dialled, 'desk-1'),
    );
    await settled();
    for (const leg of legs) {
      expect(sample.control.heard(leg)).toEqual(['log-in-refused']);
      sample.control.playedOut(leg);
      expect(sample.control.leg(leg)).toMatchObject({ answered: false, failure: { sipStatus: 403 } });
    }
  });

  it('only on phones that are meant for it', async () => {
    const sample = house();
    const { code } = sample.hotDesk.newCode('anna');
    for (const deviceId of ['own', 'no-such-device', undefined]) {
      expect(sample.hotDesk.logInByCode(deviceId, code)).toBe('refused');
      expect(await sample.hotDesk.logInByPin(deviceId, '120', '864201')).toBe('refused');
      expect(sample.hotDesk.logOut(deviceId)).toBe(false);
    }
    expect(sample.hotDesk.logInByCode('desk-1', code)).toBe('logged-in');
  });

  it('ends at midnight of the town', () => {
    const sample = house();
    sample.hotDesk.logInByCode('desk-1', sample.hotDesk.newCode('anna').code);
    // 11:00 in Berlin.
    sample.clock.advance(12.9 * 3_600_000);
    expect(guestOf(sample, 'desk-1')).toBe('anna');
    sample.clock.advance(0.5 * 3_600_000);
    expect(guestOf(sample, 'desk-1')).toBeUndefined();
    sample.hotDesk.close();
  });

  it('ends at the next start when the server was off at midnight, and goes on when it was off by day', () => {
    const before = house();
    before.hotDesk.logInByCode('desk-1', before.hotDesk.newCode('anna').code);
    const town = before.directory.byTenant('town')!;
    expect(guestOf(new SampleHouse({ town }), 'desk-1')).toBe('anna');
    const devices = town.devices.map((device) => (device.guestDay ? { ...device, guestDay: '2020-01-01' } : device));
    expect(guestOf(new SampleHouse({ town: { ...town, devices } }), 'desk-1')).toBeUndefined();
  });

  it('nobody types: the phone gives up', () => {
    const sample = house();
    const leg = sample.phoneDials('eve', '*30', 'desk-1');
    sample.clock.advance(20_000);
    expect(sample.control.heard(leg)).toEqual(['log-in-refused']);
    sample.control.playedOut(leg);
    expect(sample.director.activeCalls).toBe(0);
  });
});

describe('a PIN', () => {
  it.each([
    ['12345', 'too-short'],
    ['1234567890123', 'too-long'],
    ['12345a', 'not-digits'],
    ['123456', 'too-simple'],
    ['987654', 'too-simple'],
    ['111111', 'too-simple'],
    ['121212', 'too-simple'],
    ['123123', 'too-simple'],
    ['246802', 'too-simple'],
    ['120120', 'too-simple'],
    ['205211', 'too-simple'],
    ['864201', undefined],
  ])('%s: %s', (pin, flaw) => expect(pinFlaw(pin, ['120', '+49620521120'])).toBe(flaw));

  it('is set only when it is good enough', async () => {
    const sample = new SampleHouse({ town: sampleTown() });
    expect(await sample.hotDesk.setPin('anna', '120120')).toBe('too-simple');
    expect(await sample.hotDesk.setPin('anna', '864201')).toBeUndefined();
    await sample.writer.close();
    expect(sample.saved.at(-1)?.phone.pinHash).toBe('hash of 864201');
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.array(fc.string()), (pin, known) => void pinFlaw(pin, known)));
  });
});
