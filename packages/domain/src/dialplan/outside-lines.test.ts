import { describe, expect, it } from 'vitest';
import { staticTrunkSettings, type TrunkSettings } from '../directory/trunk-settings.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import { sampleTown } from '../testing/index.ts';
import { outsideLines } from './outside-lines.ts';
import { resolveEmergency } from './resolve-emergency.ts';

const monday10 = Date.UTC(2026, 10, 23, 9);
const town = sampleTown();
const noScreening = { identity: { ...staticTrunkSettings.identity, noScreening: true } };

function townWith(...trunks: readonly (Partial<TrunkSettings> & { readonly id: string; readonly head?: string })[]) {
  const [first] = town.trunks;
  const directory: TownDirectory = {
    ...town,
    trunks: trunks.map((settings) => ({
      ...{ ...first!, id: settings.id, settings: { ...staticTrunkSettings, ...settings } },
    })),
    headNumbers: trunks.flatMap(({ id, head }) =>
      head === undefined ? [] : [{ id: `head-${id}`, tenantId: 'town', e164: head, areaCodeLength: 4, trunkId: id }],
    ),
    numbers: town.numbers.map((number) => ({ ...number, headNumberId: 'head-own' })),
  };
  return directory;
}

const linesOf = (directory: TownDirectory, at = monday10, diallingClass: 'national' | 'mobile' = 'national') =>
  outsideLines(directory, 'anna', diallingClass, at).map(({ trunkId, callerNumber }) => `${trunkId} ${callerNumber}`);

describe('the trunks that may carry a call', () => {
  it("the own head number's first, then by order, each with a number that may be shown there", () => {
    const directory = townWith(
      { id: 'late', order: 300, head: '+49620599' },
      { id: 'early', order: 1, head: '+49620588' },
      { id: 'own', order: 900, head: '+49620521' },
    );
    const other = { ...directory.numbers.find(({ destination }) => 'personId' in destination)!, id: 'more' };
    const more = [...directory.numbers, { ...other, headNumberId: 'head-early', extension: '7' }];
    expect(linesOf({ ...directory, headNumbers: [...directory.headNumbers].reverse() })).toEqual([
      'own +49620521120',
      'early +496205880',
      'late +496205990',
    ]);
    expect(linesOf({ ...directory, numbers: more })[1]).toBe('early +496205887');
  });

  it('a trunk without a head number of its own shows ours only with CLIP no screening', () => {
    const directory = townWith({ id: 'own', head: '+49620521' }, { id: 'bare' }, { id: 'open', ...noScreening });
    expect(linesOf(directory)).toEqual(['own +49620521120', 'open +49620521120']);
  });

  it('not when it is turned off, does not carry the class, or outside its hours', () => {
    const hours = [{ weekday: 1 as const, from: '09:00', to: '12:00' }];
    const directory = townWith(
      { id: 'own', head: '+49620521', enabled: false },
      { id: 'cheap', head: '+49620522', carries: ['mobile'] },
      { id: 'day', head: '+49620523', hours },
    );
    expect(linesOf(directory)).toEqual(['day +496205230']);
    expect(linesOf(directory, monday10, 'mobile')).toEqual(['cheap +496205220', 'day +496205230']);
    expect(linesOf(directory, monday10 + 4 * 3_600_000)).toEqual([]);
  });

  it('a call for help asks no clock, no class and no switch, and starts with the trunk of the site', () => {
    const directory = townWith(
      { id: 'other', head: '+49620522', enabled: false, hours: [{ weekday: 7, from: '00:00', to: '00:01' }] },
      { id: 'line', head: '+49620521', carries: ['mobile'] },
    );
    const route = resolveEmergency(directory, { number: '112', siteId: 'townhall' });
    expect(route.trunkIds).toEqual(['line', 'other']);
  });
});
