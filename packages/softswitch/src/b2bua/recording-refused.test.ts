import { MediaError } from '@amtsleitung/media';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { TestHouse } from '../testing/index.ts';

it('a recording that cannot begin has ended: nobody speaks to nobody', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'softswitch-'));
  onTestFinished(() => rm(dataFolder, { recursive: true }));
  const house = await TestHouse.open({ options: { dataFolder } });
  const provider = await house.provider();
  provider.dial('+49499921120', { from: '<sip:+493023125000@provider.example>' });
  await house.run();
  const { leg } = house.incoming;
  house.calls.answer(leg);
  await house.run();
  house.engine.record = () => Promise.reject(new MediaError(500, 'cannot record: ENOSPC'));
  house.calls.record(leg, 'r1', { maxMilliseconds: 60_000, silentMilliseconds: 8_000 });
  await vi.waitFor(() => expect(house.told(leg)).toEqual(['incoming', 'answered', 'recording-ended']));
  expect(house.events.at(-1)).toMatchObject({ recordingId: 'r1', file: '', milliseconds: 0 });
});
