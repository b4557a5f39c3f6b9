import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplePerson, sampleTown } from '../testing/index.ts';
import { resolveEmergency } from './resolve-emergency.ts';
import { routeCall, type RouteDecision } from './route-call.ts';

const town = sampleTown();
const at = Date.UTC(2026, 10, 23, 10);
const device = (dialled: string, personId = 'anna') =>
  routeCall(town, { origin: { kind: 'device', personId }, dialled, at });
const trunk = (dialled: string) => routeCall(town, { origin: { kind: 'trunk', trunkId: 'line' }, dialled, at });

const brief = (decision: RouteDecision): string => {
  switch (decision.kind) {
    case 'person':
      return decision.person.id;
    case 'hotline':
      return decision.hotline.id;
    case 'outside':
      return `${decision.number} ${decision.diallingClass}`;
    case 'emergency':
      return `emergency ${decision.number}`;
    case 'refused':
      return decision.failure.kind;
  }
};

describe('a call from the trunk', () => {
  it.each([
    ['+496205210', 'service'],
    ['+49620521', 'service'],
    ['00496205210', 'service'],
    ['49620521123', 'dora'],
    ['0620521123', 'dora'],
    ['620521123', 'dora'],
    ['21123', 'dora'],
    ['210', 'service'],
    ['123', 'dora'],
    ['1222', 'cem'],
    ['12', 'permits'],
    ['+4962052112', 'permits'],
    ['+496205211', 'not-in-service'],
    ['+49620521999', 'not-in-service'],
    ['+4930123456', 'not-in-service'],
    ['112', 'not-in-service'],
    ['', 'not-in-service'],
    ['anna', 'not-in-service'],
    ['+49620521123;npdi', 'not-in-service'],
  ])('%s goes to %s', (dialled, to) => {
    expect(brief(trunk(dialled))).toBe(to);
  });

  it('never leaves the house, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+0-9]{0,20}$/)), (dialled) => {
        expect(['person', 'hotline', 'refused']).toContain(trunk(dialled).kind);
      }),
    );
  });
});

describe('a call from a phone of the house', () => {
  it.each([
    ['123', 'dora'],
    ['0', 'service'],
    ['115', 'service'],
    ['21-123', 'dora'],
    ['06205 21-123', 'dora'],
    ['+49 6205 21-0', 'service'],
    ['06205 21-999', 'not-in-service'],
    ['999', 'not-in-service'],
    ['116117', '116117 service'],
    ['030 123456', '+4930123456 national'],
    ['0171 3920000', '+491713920000 mobile'],
    ['0800 1110111', '+498001110111 service'],
    ['0180 2 123456', '+491802123456 service'],
    ['0900 5 123456', 'forbidden'],
    ['+49 900 5 123456', 'forbidden'],
    ['0137 123456', 'forbidden'],
    ['11833', 'forbidden'],
    ['00441234567890', 'forbidden'],
    ['+441234567890', 'forbidden'],
    ['0191 011', 'forbidden'],
    ['0109 0900 123456', 'not-in-service'],
    ['01033 00441234567890', 'not-in-service'],
    ['110', 'emergency 110'],
    ['0112', 'emergency 112'],
  ])('%s goes to %s', (dialled, to) => {
    expect(brief(device(dialled))).toBe(to);
  });

  it('shows the own number outside, the switchboard for people without one, over the trunk of that number', () => {
    expect(device('030 123456')).toMatchObject({ lines: [{ callerNumber: '+49620521120', trunkId: 'line' }] });
    expect(device('030 123456', 'eve')).toMatchObject({ lines: [{ callerNumber: '+496205210' }] });
  });

  it('somebody unknown may call nobody but for help', () => {
    expect(brief(device('123', 'ghost'))).toBe('forbidden');
    expect(brief(device('112', 'ghost'))).toBe('emergency 112');
  });

  it('an extension under several heads: the own head first', () => {
    const second = { ...town.headNumbers[0]!, id: 'second', e164: '+49620522' };
    const place = (id: string, extension: string, headNumberId: string, personId: string) => ({
      ...{ id, tenantId: 'town', headNumberId, extension, destination: { kind: 'person' as const, personId } },
    });
    const both = sampleTown({
      people: [...town.people, samplePerson('Finn')],
      headNumbers: [...town.headNumbers, second],
      numbers: [...town.numbers, place('a', '123', 'second', 'ben'), place('b', '77', 'second', 'finn')],
    });
    const to = (personId: string) => routeCall(both, { origin: { kind: 'device', personId }, dialled: '123', at });
    expect(brief(to('finn'))).toBe('ben');
    expect(brief(to('anna'))).toBe('dora');
  });

  it('any string of any origin gets a decision', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (dialled) => {
        expect(device(dialled).kind).toBeDefined();
      }),
    );
  });
});

describe('emergency calls (resolution only)', () => {
  const other = { ...town.trunks[0]!, id: 'other' };
  const library = {
    ...{ ...town.sites[0]!, id: 'library', emergencyNumber: '+4962059900' },
    emergencyTrunkId: 'other',
  };
  const two = sampleTown({ trunks: [town.trunks[0]!, other], sites: [town.sites[0]!, library] });

  it("goes out with the site's number over the site's trunk, every other trunk behind it", () => {
    expect(resolveEmergency(two, { number: '112', personId: 'anna', siteId: 'library' })).toEqual({
      ...{ kind: 'emergency', number: '112', trunkIds: ['other', 'line'], callerNumber: '+4962059900' },
      ...{ siteId: 'library', warnings: [] },
    });
  });

  it('an unknown place is a warning, never a refusal', () => {
    expect(resolveEmergency(two, { number: '110', personId: 'anna' })).toMatchObject({
      ...{ siteId: 'townhall', callerNumber: '+496205210', warnings: ['site-unknown'] },
    });
    expect(resolveEmergency(two, { number: '110', siteId: 'gone' }).warnings).toEqual(['site-unknown']);
    const broken = sampleTown({ sites: [{ ...library, emergencyTrunkId: 'gone' }] });
    expect(resolveEmergency(broken, { number: '112', siteId: 'library' })).toMatchObject({
      ...{ trunkIds: ['line'], warnings: ['site-without-trunk'] },
    });
    expect(resolveEmergency(sampleTown({ sites: [], trunks: [] }), { number: '112' })).toMatchObject({
      ...{ trunkIds: [], callerNumber: '+496205210', warnings: ['site-unknown', 'no-trunk'] },
    });
  });
});
