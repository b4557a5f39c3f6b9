import { expect, it } from 'vitest';
import type { MediaEvent } from '../../engine/media-engine.ts';
import { FarSideWatch } from './far-side-watch.ts';

function watch(kind: 'plain' | 'browser') {
  const told: string[] = [];
  const emit = (event: MediaEvent) => void told.push(event.kind === 'lost' ? event.reason : event.kind);
  const options = { leg: 'a', kind, silentMilliseconds: 10_000, consentMilliseconds: 30_000, emit };
  return { told, far: new FarSideWatch(options) };
}

it('a browser falters when it stops sending, recovers with the next packet, and is told of once each time', () => {
  const { told, far } = watch('browser');
  far.look(0, undefined, true);
  for (let now = 0; now <= 1000; now += 20) far.heard(now);
  for (let now = 1000; now <= 5000; now += 500) far.look(now, 1000, true);
  expect(told).toEqual(['faltering']);
  far.heard(5100);
  far.heard(5120);
  expect(told).toEqual(['faltering', 'recovered']);
  far.look(6800, 5120, false);
  far.look(8000, 5120, true);
  expect(told).toEqual(['faltering', 'recovered']);
});

it('a browser that answers no checks either is unreachable', () => {
  const { told, far } = watch('browser');
  far.heard(0);
  for (let now = 0; now <= 40_000; now += 500) far.look(now, 0, true);
  expect(told).toEqual(['faltering', 'unreachable']);
});

it('a telephone may be silent for a while, on hold or not, and is asked for again and again', () => {
  const { told, far } = watch('plain');
  far.heard(0);
  for (let now = 0; now < 10_000; now += 500) far.look(now, 0, true);
  expect(told).toEqual([]);
  for (let now = 10_000; now <= 30_000; now += 500) far.look(now, 0, false);
  expect(told).toEqual(['silent', 'silent', 'silent']);
});
