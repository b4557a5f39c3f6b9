import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extensionFlaw } from './extension.ts';
import { findAssignment } from './find-assignment.ts';
import type { HeadNumber, NumberAssignment } from './head-number.ts';
import { classifyNumber, emergencyDigits, mayBeCallerId } from './number-class.ts';
import { parseNumber } from './parse-number.ts';
import { writeNumber } from './write-number.ts';

const head: HeadNumber = { id: 'head', tenantId: 'town', e164: '+49620521', areaCodeLength: 4, trunkId: 'line' };
const e164 = (value: string) => ({ kind: 'e164', e164: value });

describe('parseNumber', () => {
  it.each([
    '(06205) 21/123',
    '0049620521123',
    '06205 21 - 123',
    '+49 6205 21-123',
    '+49 (0) 6205 21-123',
    '0049 (0)6205 21 123',
    '+49 06205 21123',
    '06205\u00a021\u2013123',
    '06205.21.123',
    '21-123',
    '21/123',
  ])('%s is +49620521123', (written) => {
    expect(parseNumber(written, head)).toEqual(e164('+49620521123'));
  });

  it('reads short digits as short, own numbers by their head', () => {
    expect(parseNumber('123', head)).toEqual({ kind: 'short', digits: '123' });
    expect(parseNumber('0', head)).toEqual({ kind: 'short', digits: '0' });
    expect(parseNumber('116 117')).toEqual({ kind: 'short', digits: '116117' });
    expect(parseNumber('21-0', head)).toEqual(e164('+496205210'));
    expect(parseNumber('211234', head)).toEqual({ kind: 'short', digits: '211234' });
    expect(parseNumber('2112345', head)).toEqual(e164('+4962052112345'));
  });

  it.each([
    ['', 'empty'],
    [' -/ ', 'empty'],
    ['0800 PIZZA', 'not-digits'],
    ['٠٣٠١٢٣٤٥٦', 'not-digits'],
    ['０３０１２３４５６', 'not-digits'],
    ['%30900123456', 'not-digits'],
    ['+4930123;phone-context=x', 'not-digits'],
    ['030+123456', 'not-digits'],
    ['++4930123456', 'not-digits'],
    ['*98#', 'not-digits'],
    ['010 33 0900 123456', 'carrier-prefix'],
    ['01013 030 1234567', 'carrier-prefix'],
    ['+1234567890123456', 'too-long'],
    ['00 1234567890123456', 'too-long'],
    ['0301234567890123', 'too-long'],
    ['1'.repeat(10_000), 'too-long'],
    ['12345678', 'too-long'],
    ['+0301234567', 'too-short'],
    ['000049301234', 'too-short'],
    ['+12', 'too-short'],
  ])('%s is refused: %s', (written, flaw) => {
    expect(parseNumber(written, head)).toEqual({ kind: 'invalid', flaw });
  });

  it('never throws and never lets through more than 15 digits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+0-9 ()/-]{0,30}$/)), (written) => {
        const parsed = parseNumber(written, head);
        if (parsed.kind === 'e164') expect(parsed.e164).toMatch(/^\+[1-9][0-9]{3,14}$/);
        if (parsed.kind === 'short') expect(parsed.digits).toMatch(/^[0-9]{1,6}$/);
      }),
    );
  });

  it('what it writes it can read again', () => {
    const subscriber = fc.stringMatching(/^[2-9][0-9]{5,9}$/).map((digits) => `+49${digits}`);
    fc.assert(
      fc.property(subscriber, fc.constantFrom('national', 'international'), (number, style) => {
        expect(parseNumber(writeNumber(number, [head], style as 'national'), head)).toEqual(e164(number));
      }),
    );
  });
});

describe('writeNumber by DIN 5008', () => {
  it.each([
    ['+49620521123', '06205 21-123'],
    ['+496205210', '06205 21-0'],
    ['+49620521', '06205 21'],
    ['+49620599123', '06205 99123'],
    ['+491713920042', '0171 3920042'],
    ['+4930123456', '030 123456'],
    ['+491802123456', '0180 2 123456'],
    ['+498001110111', '0800 1110111'],
    ['+43158058', '+43 1 58058'],
    ['123', '123'],
    ['116117', '116117'],
    ['something', 'something'],
  ])('%s is %s', (number, written) => {
    expect(writeNumber(number, [head])).toBe(written);
  });

  it('knows no head, or writes for abroad', () => {
    expect(writeNumber('+49620521123')).toBe('06205 21123');
    expect(writeNumber('+49620521123', [head], 'international')).toBe('+49 6205 21-123');
    expect(writeNumber('+491713920042', [], 'international')).toBe('+49 171 3920042');
  });
});

describe('classifyNumber', () => {
  it.each([
    ['110', 'emergency'],
    ['112', 'emergency'],
    ['+49112', 'emergency'],
    ['115', 'authority-115'],
    ['116117', 'harmonised-116'],
    ['+49116117', 'harmonised-116'],
    ['11833', 'directory-118'],
    ['+498001110111', 'freephone-0800'],
    ['+491802123456', 'shared-cost-0180'],
    ['+499005123456', 'premium-0900'],
    ['+49137123456', 'televoting-0137'],
    ['+49138123456', 'televoting-0137'],
    ['+4932212345678', 'voip-032'],
    ['+4970012345678', 'personal-0700'],
    ['+4915123456789', 'mobile'],
    ['+491701234567', 'mobile'],
    ['+4930123456', 'national'],
    ['+49620521', 'national'],
    ['+441234567890', 'international'],
    ['+88312345678', 'international'],
    ['+491941234567', 'unknown'],
    ['+4931123456', 'unknown'],
    ['+4912345678', 'unknown'],
    ['+49900', 'unknown'],
    ['+49118', 'unknown'],
    ['4930123456', 'unknown'],
    ['123', 'unknown'],
  ] as const)('%s: %s', (number, numberClass) => {
    expect(classifyNumber(number)).toBe(numberClass);
  });

  it('110 and 112 are found with an outside 0 and after rewriting, and nothing else is', () => {
    expect(['110', '112', '0110', '0112', '+49112', '0049110', '1 1 2'].map(emergencyDigits)).toEqual([
      '110',
      '112',
      '110',
      '112',
      '112',
      '110',
      '112',
    ]);
    expect(['*31#112', '*31#0110', '112#', '*31#+49112#'].map(emergencyDigits)).toEqual(['112', '110', '112', '112']);
    expect(['1100', '113', '00112', '', '+1112', '115', '0 30 112'].map(emergencyDigits)).toEqual(
      Array(7).fill(undefined),
    );
  });

  it('TKG §120: what may be a caller ID', () => {
    expect(['+4930123456', '+491701234567', '+441234567890', '+498001110111'].every(mayBeCallerId)).toBe(true);
    const never = ['110', '112', '+49112', '+499005123456', '+49137123456', '11833', '+4911833', '123', ''];
    expect(never.some(mayBeCallerId)).toBe(false);
  });
});

describe('extensions', () => {
  it('of any length live beside each other; the bare head is the switchboard', () => {
    const assignments = ['0', '1', '12', '123', '1234'].map((extension): NumberAssignment => ({
      ...{ id: extension, tenantId: 'town', headNumberId: 'head', extension },
      destination: { kind: 'person', personId: extension },
    }));
    const find = (number: string, heads = [head]) =>
      findAssignment(number, heads, (headId, extension) =>
        assignments.find((place) => place.headNumberId === headId && place.extension === extension),
      );
    for (const assignment of assignments) {
      expect(find(`+49620521${assignment.extension}`)).toEqual({ kind: 'assigned', assignment });
    }
    expect(find('+49620521')).toMatchObject({ assignment: { extension: '0' } });
    expect(find('+4962052199')).toEqual({ kind: 'unassigned' });
    expect(find('+4962052')).toEqual({ kind: 'foreign' });
    const shorter = { ...head, id: 'short', e164: '+4962052' };
    expect(find('+49620521123', [shorter, head])).toMatchObject({ assignment: { extension: '123' } });
  });

  it.each([
    ['123', undefined],
    ['115', undefined],
    ['0', undefined],
    ['110', 'starts-with-emergency'],
    ['1125', 'starts-with-emergency'],
    ['116117', 'hides-service-number'],
    ['11833', 'hides-service-number'],
    ['12a', 'not-digits'],
    ['', 'not-digits'],
    ['1234567', 'not-digits'],
  ])('%s may be assigned unless %s', (extension, flaw) => {
    expect(extensionFlaw(extension)).toBe(flaw);
  });
});
