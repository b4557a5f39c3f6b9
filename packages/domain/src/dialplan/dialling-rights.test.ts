import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainPersonPhone } from '../directory/person-phone.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import { diallingClasses, diallingClassOf, type DiallingClass } from '../numbering/dialling-class.ts';
import { samplePerson, sampleTown } from '../testing/index.ts';
import { rightsOf } from './dialling-rights.ts';
import { routeCall } from './route-call.ts';

const at = Date.UTC(2026, 10, 23, 10);
const town = sampleTown();
const head = town.headNumbers[0]!;

/** The sample town where Anna has these rights. */
function townOf(classes: readonly DiallingClass[]): TownDirectory {
  const phone = { ...plainPersonPhone, diallingClasses: classes };
  return { ...town, people: town.people.map((person) => (person.id === 'anna' ? { ...person, phone } : person)) };
}

function outcome(directory: TownDirectory, dialled: string): string {
  const decision = routeCall(directory, { origin: { kind: 'device', personId: 'anna' }, dialled, at });
  return decision.kind === 'refused' ? decision.failure.kind : decision.kind;
}

describe('dialling classes', () => {
  it.each([
    ['+496205123456', 'local'],
    ['+4930123456', 'national'],
    ['+493212345678', 'national'],
    ['+491713920000', 'mobile'],
    ['+498001110111', 'service'],
    ['+491802123456', 'service'],
    ['115', 'service'],
    ['116117', 'service'],
    ['+49900123456', 'premium'],
    ['+49137123456', 'premium'],
    ['11833', 'premium'],
    ['+442079460000', 'international'],
    ['+4310', 'international'],
    ['+881612345678', 'premium'],
    ['+882161234567', 'premium'],
    ['+979123456789', 'premium'],
    ['+19005551234', 'premium'],
    ['+43900123456', 'premium'],
    ['+41900123456', 'premium'],
    ['+49191011', undefined],
    ['+4900123456', undefined],
    ['999', undefined],
  ])('%s is %s', (number, diallingClass) => {
    expect(diallingClassOf(number, head)).toBe(diallingClass);
  });

  it('local is relative to the own head number', () => {
    expect(diallingClassOf('+496205123456', { ...head, e164: '+4930123', areaCodeLength: 2 })).toBe('national');
    expect(diallingClassOf('+496205123456', undefined)).toBe('national');
  });
});

describe('dialling rights', () => {
  it("are the person's own, else the department's, else the organisation's", () => {
    const person = samplePerson('Anna');
    const { settings } = town.tenant;
    expect(rightsOf(town, person)).toEqual(settings.diallingClasses);
    const departments = [{ ...town.departments[0]!, diallingClasses: ['internal'] as const }];
    expect(rightsOf({ ...town, departments }, person)).toEqual(['internal']);
    const own = { ...person, phone: { ...plainPersonPhone, diallingClasses: [] } };
    expect(rightsOf({ ...town, departments }, own)).toEqual([]);
  });

  it('foreign and premium numbers are off until somebody turns them on', () => {
    expect(outcome(town, '0044 20 7946 0000')).toBe('forbidden');
    expect(outcome(townOf(['international']), '0044 20 7946 0000')).toBe('outside');
    expect(outcome(town, '0900 5 123456')).toBe('forbidden');
    expect(outcome(townOf(['premium']), '0900 5 123456')).toBe('outside');
    expect(outcome(townOf(['international']), '00881 612345678')).toBe('forbidden');
  });

  const example: Readonly<Record<DiallingClass, string>> = {
    internal: '123',
    local: '06205 123456',
    national: '030 123456',
    mobile: '0171 3920000',
    service: '0800 1110111',
    international: '0044 20 7946 0000',
    premium: '0900 5 123456',
  };

  it.each(diallingClasses)('%s opens its own numbers and no other, and help is always there', (given) => {
    const directory = townOf([given]);
    for (const other of diallingClasses) {
      const open = outcome(directory, example[other]) !== 'forbidden';
      expect(open, `${given} opens ${other}`).toBe(given === other);
    }
    expect(outcome(directory, '112')).toBe('emergency');
    expect(outcome(townOf([]), '0110')).toBe('emergency');
  });
});

describe('abuse case 10: number tricks', () => {
  // Anna may dial nothing but colleagues: whatever is written, nothing leaves the house.
  const inside = townOf(['internal']);

  it.each([
    '+44 20 7946 0000',
    '0044-20-7946-0000',
    '00 44 20 7946 0000',
    '010 33 0044 20 7946 0000',
    '01033 0900 5 123456',
    'tel:+442079460000',
    'tel:7946;phone-context=+4420',
    '+442079460000;npdi;rn=+1',
    '%30%30442079460000',
    '00442079460000%00',
    '٠٠٤٤٢٠٧٩٤٦٠٠٠٠',
    '００４４２０７９４６００００',
    '0O442079460000',
    '1234567890123456',
    '+1234567890123456',
    '0049 0 900 5 123456',
    '+49(0)900 5 123456',
    '(0900) 5/123456',
    '0\u200b900 5 123456',
    '*21*00442079460000#',
    '123,,00442079460000',
    '123p00442079460000',
    'sip:00442079460000@example.com',
    '0137 123456\r\nX-Evil: 1',
  ])('%s reaches nothing outside', (dialled) => {
    expect(['forbidden', 'not-in-service']).toContain(outcome(inside, dialled));
  });

  it('a premium number in any spelling stays premium', () => {
    const office = townOf(['internal', 'local', 'national', 'mobile', 'service', 'international']);
    for (const dialled of ['09005123456', '+499005123456', '00499005123456', '+4909005123456', '0900-5-12 34 56']) {
      expect(outcome(office, dialled), dialled).toBe('forbidden');
    }
  });

  it('no string at all gets out without a right', () => {
    const nothing = townOf([]);
    const written = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 70 }),
      fc.stringMatching(/^[+0-9*#;=%.()/ -]{0,40}$/),
      fc.stringMatching(/^(?:\+|00|010[0-9]{2}|%30%30)?[0-9]{3,18}$/),
    );
    fc.assert(
      fc.property(written, (dialled) => {
        expect(['forbidden', 'not-in-service', 'emergency']).toContain(outcome(nothing, dialled));
      }),
    );
  });
});
