import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleHouse } from '../testing/index.ts';

describe('presence', () => {
  it('free, on the phone, do not disturb, away: each for its reasons', async () => {
    const house = new SampleHouse({ reachable: ['anna', 'ben'] });
    expect(house.presence.presenceOf('anna')).toBe('free');
    expect(house.presence.presenceOf('cem')).toBe('away');
    expect(house.presence.presenceOf('nobody')).toBe('away');
    house.hotlines.setPaused('anna', true);
    expect(house.presence.presenceOf('anna')).toBe('do-not-disturb');
    house.presence.setAway('anna', true);
    expect(house.presence.presenceOf('anna')).toBe('away');
    expect(house.presence.isAwayByChoice('anna')).toBe(true);
    house.phoneDials('anna', '121');
    expect(house.presence.presenceOf('anna')).toBe('on-phone');
    expect(house.presence.presenceOf('ben')).toBe('free');
    house.control.pickUp(house.control.ringingAt('ben'));
    expect(house.presence.presenceOf('ben')).toBe('on-phone');
    await house.writer.close();
    expect(house.saved).toMatchObject([{ id: 'anna', away: true }]);
  });

  it('stores the latest choice once, however often it changes meanwhile', async () => {
    const house = new SampleHouse();
    for (let turn = 0; turn < 1_000; turn++) house.presence.setAway('anna', turn % 2 === 0);
    house.presence.setAway('ben', true);
    await house.writer.close();
    expect(house.saved.map(({ id, away }) => `${id} ${away}`)).toEqual(['anna false', 'ben true']);
  });

  it('wrap-up and pause look alike, and change is told once', () => {
    const house = new SampleHouse();
    const told: string[] = [];
    house.presence.onChange((_tenantId, personId, presence) => told.push(`${personId} ${presence}`));
    house.logIn('service', 'anna');
    const citizen = house.citizenQueues();
    house.control.pickUp(house.control.ringingAt('anna'));
    house.control.hangsUp(citizen);
    house.clock.advance(30_000);
    house.hotlines.setPaused('anna', true);
    house.reachability.set('anna', false);
    // Between the end of the call and the beginning of wrap-up there is no moment of "free".
    expect(told).toEqual(['anna on-phone', 'anna do-not-disturb', 'anna free', 'anna do-not-disturb', 'anna away']);
  });

  it('is the same to every eye for internal and external calls (R20)', () => {
    const told = (partner: 'inside' | 'outside', acts: readonly ('answer' | 'hold' | 'resume' | 'end')[]) => {
      const house = new SampleHouse();
      const words: string[] = [];
      house.presence.onChange((_tenantId, personId, presence) => {
        if (personId === 'dora') words.push(`${house.clock.now()} ${presence}`);
      });
      const other = partner === 'inside' ? house.phoneDials('anna', '123') : house.citizenCalls('+49620521123');
      for (const act of acts) {
        house.clock.advance(1_000);
        const [leg] = house.control.legsTo('dora');
        const callId = house.director.phoneState('dora').calls[0]?.callId ?? '';
        if (act === 'answer' && leg && !leg.answered) house.control.pickUp(leg.id);
        else if (act === 'hold') house.director.hold('dora', callId);
        else if (act === 'resume') house.director.resume('dora', callId);
        else if (act === 'end') house.control.hangsUp(other);
      }
      return words;
    };
    const acts = fc.array(fc.constantFrom('answer', 'hold', 'resume', 'end'), { maxLength: 8 });
    fc.assert(
      fc.property(acts, (steps) => {
        expect(told('inside', steps)).toEqual(told('outside', steps));
      }),
    );
  });

  it('dialling out looks like dialling a colleague', () => {
    const told = (dialled: string) => {
      const house = new SampleHouse();
      const words: string[] = [];
      house.presence.onChange((_tenantId, personId, presence) => personId === 'anna' && words.push(presence));
      const leg = house.phoneDials('anna', dialled);
      house.clock.advance(5_000);
      house.control.hangsUp(leg);
      return words;
    };
    expect(told('123')).toEqual(told('030 123456'));
  });
});
