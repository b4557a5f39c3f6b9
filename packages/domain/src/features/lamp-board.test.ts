import { silentLogger } from '@amtsleitung/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDevice } from '../directory/device.ts';
import { SampleHouse, sampleTown } from '../testing/index.ts';
import { LampBoard } from './lamp-board.ts';

/** Dora sits in another department than Anna and Ben; Ben has a phone. */
function lamps(house = new SampleHouse({ town: town() })) {
  const { directory, presence, lines, parking } = house;
  const board = new LampBoard({ directory, presence, lines, parking, logger: silentLogger });
  return { house, board, seen: (watched: string, viewer = 'anna') => board.lampOf(viewer, watched) };
}

function town() {
  const sample = sampleTown();
  return {
    ...sample,
    departments: [...sample.departments, { ...sample.departments[0]!, id: 'works' }],
    people: sample.people.map((person) => (person.id === 'dora' ? { ...person, departmentId: 'works' } : person)),
    devices: [
      {
        ...{ id: 'phone', tenantId: 'town', personId: 'ben', siteId: 'townhall', label: '', sipUser: 'ben-phone' },
        ...{ ha1: { md5: '', sha256: '' }, settings: plainDevice },
      },
    ],
  };
}

describe('lamps', () => {
  it('tell the four words that everybody sees, by extension and by SIP user', () => {
    const { house, seen } = lamps();
    expect([seen('121'), seen('ben-phone')]).toEqual(['free', 'free']);
    house.presence.setAway('ben', true);
    expect(seen('121')).toBe('away');
    house.presence.setAway('ben', false);
    house.settings.setDoNotDisturb('ben', true);
    expect(seen('ben-phone')).toBe('busy');
    house.settings.setDoNotDisturb('ben', false);
    house.phoneDials('ben', '030 123456');
    expect(seen('121')).toBe('busy');
  });

  it('ringing is for those who may pick up; a hotline offer is for nobody', () => {
    const { house, seen } = lamps();
    house.citizenCalls('+49620521121');
    expect([seen('121', 'anna'), seen('121', 'dora')]).toEqual(['ringing', 'free']);
    house.logIn('service', 'cem');
    house.citizenQueues();
    expect(house.control.legsTo('cem')).toHaveLength(1);
    expect(seen('1222', 'anna')).toBe('free');
  });

  it('orbits are free or busy', () => {
    const { house, board, seen } = lamps();
    const told: string[] = [];
    board.onChange((tenantId) => told.push(tenantId));
    expect(seen('*53')).toBe('free');
    house.parking.take('town', 'call', '3');
    expect([seen('*53'), seen('*54')]).toEqual(['busy', 'free']);
    expect(told).toEqual(['town']);
    board.close();
    house.parking.leave('town', '3');
    expect(told).toHaveLength(1);
  });

  it('what is nobody, no person or not of this organisation looks alike', () => {
    const { house, seen } = lamps();
    house.directory.replace({
      ...sampleTown(),
      tenant: { ...sampleTown().tenant, id: 'city' },
      people: [],
      numbers: [],
    });
    for (const watched of ['999', '0', '', '*8', '*26#', 'nobody', '+49620521121', '__proto__']) {
      expect(seen(watched), watched).toBeUndefined();
    }
    expect(seen('121', 'nobody')).toBeUndefined();
  });

  it('tell the same at the same time whoever is on the other side (R20)', () => {
    const acts = fc.array(fc.constantFrom('call', 'answer', 'hold', 'resume', 'park', 'decline', 'end', 'wait'), {
      maxLength: 14,
    });
    const watch = (partner: 'colleague' | 'citizen' | 'suppressed', steps: readonly string[]) => {
      const { house, board, seen } = lamps();
      const told: string[] = [];
      let last = '';
      const note = () => {
        const now = ['121', 'ben-phone', '*51'].flatMap((watched) => [seen(watched, 'anna'), seen(watched, 'dora')]);
        // A phone is told only what has changed.
        if (now.join(' ') !== last) told.push(`${house.clock.now()} ${now.join(' ')}`);
        last = now.join(' ');
      };
      note();
      board.onChange(note);
      let other = '';
      for (const step of steps) {
        const [leg] = house.control.legsTo('ben');
        const [call] = house.director.phoneState('ben').calls;
        if (step === 'wait') house.clock.advance(7_000);
        else if (step === 'call') {
          if (partner === 'colleague') other = house.phoneDials('eve', '121');
          else other = house.citizenCalls('+49620521121', partner === 'citizen' ? '+4917139200000' : undefined);
        } else if (step === 'answer' && leg && !leg.answered) house.control.pickUp(leg.id);
        else if (step === 'hold' && call) house.director.hold('ben', call.callId);
        else if (step === 'resume' && call) house.director.resume('ben', call.callId);
        else if (step === 'park' && call) house.director.park('ben', call.callId);
        else if (step === 'decline' && call && leg && !leg.answered) house.director.hangUp('ben', call.callId);
        else if (step === 'end' && other !== '') house.control.hangsUp(other);
        note();
      }
      return told;
    };
    fc.assert(
      fc.property(acts, (steps) => {
        const inside = watch('colleague', steps);
        expect(watch('citizen', steps)).toEqual(inside);
        expect(watch('suppressed', steps)).toEqual(inside);
      }),
    );
  });
});
