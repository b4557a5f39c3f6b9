import { mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseWav } from '../../audio/wav.ts';
import { pcma } from '../../codecs/g711.ts';
import { Recording } from './recording.ts';

describe('a recording', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recording-'));
    file = join(folder, 'message.wav');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const loud = new Uint8Array(160).fill(pcma.encodeTable[1000]!);
  const write = (recording: Recording, frame: number, ssrc = 1, offset = 5000): void =>
    recording.write(loud, pcma.decodeTable, ssrc, (offset + frame * 160) >>> 0, frame * 20);
  const isLoud = (samples: Int16Array, frame: number): boolean => samples[frame * 160]! > 500;

  it('puts every packet where it belongs: gaps are silent, late ones are left out, doubled ones once', async () => {
    const recording = await Recording.create(file, { maxMilliseconds: 60_000 });
    for (const frame of [0, 1, 3, 2, 3, 6]) write(recording, frame);
    expect((await recording.finish(200)).milliseconds).toBe(200);
    const samples = parseWav(await readFile(file));
    expect(samples.length).toBe(1600);
    expect(Array.from({ length: 10 }, (_, frame) => isLoud(samples, frame))).toEqual([
      true,
      true,
      false,
      true,
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('goes on when the source begins anew', async () => {
    const recording = await Recording.create(file, { maxMilliseconds: 60_000 });
    for (const frame of [0, 1]) write(recording, frame);
    for (const frame of [2, 3]) write(recording, frame, 2, 0xfffffff0);
    write(recording, 4, 2, 3_000_000);
    expect((await recording.finish(100)).milliseconds).toBe(100);
    const samples = parseWav(await readFile(file));
    expect([0, 1, 2, 3, 4].map((frame) => isLoud(samples, frame))).toEqual(new Array(5).fill(true));
  });

  it('is never longer than it may be', async () => {
    const recording = await Recording.create(file, { maxMilliseconds: 100 });
    for (let frame = 0; frame < 4; frame++) write(recording, frame);
    expect(recording.isOver(80)).toBe(false);
    for (let frame = 4; frame < 50; frame++) write(recording, frame);
    expect(recording.isOver(100)).toBe(true);
    expect((await recording.finish(1000)).milliseconds).toBe(100);
    expect(parseWav(await readFile(file)).length).toBe(800);
  });

  it('shows no file before it is complete', async () => {
    const recording = await Recording.create(file, { maxMilliseconds: 60_000 });
    for (let frame = 0; frame < 200; frame++) write(recording, frame);
    expect(await readdir(folder)).toEqual(['message.wav.part']);
    await recording.finish(4000);
    expect(await readdir(folder)).toEqual(['message.wav']);
  });

  it('is empty but valid when nothing was said', async () => {
    const recording = await Recording.create(file, { maxMilliseconds: 60_000 });
    expect((await recording.finish(0)).milliseconds).toBe(0);
    expect(parseWav(await readFile(file)).length).toBe(0);
  });

  it('ends after silence, and what follows the last word is left out', async () => {
    const recording = await Recording.create(file, { maxMilliseconds: 60_000, silentMilliseconds: 2000 });
    const still = new Uint8Array(160).fill(pcma.encodeTable[8]!);
    const frames = (from: number, to: number, payload: Uint8Array): void => {
      for (let frame = from; frame < to; frame++) {
        recording.write(payload, pcma.decodeTable, 1, frame * 160, frame * 20);
      }
    };
    frames(0, 50, still);
    frames(50, 100, loud);
    expect(recording.isOver(2000)).toBe(false);
    frames(100, 150, still);
    expect(recording.isOver(3000)).toBe(false);
    // A far side that sends nothing at all is as silent.
    expect(recording.isOver(4000)).toBe(true);
    expect(await recording.finish(4000)).toEqual({ file, milliseconds: 2500, voiceMilliseconds: 1000 });
    expect(parseWav(await readFile(file)).length).toBe(20_000);
  });

  it('without a word is empty, however long', async () => {
    const recording = await Recording.create(file, { maxMilliseconds: 60_000, silentMilliseconds: 8000 });
    expect(recording.isOver(7999)).toBe(false);
    expect(recording.isOver(8000)).toBe(true);
    expect(await recording.finish(8000)).toEqual({ file, milliseconds: 0, voiceMilliseconds: 0 });
  });

  it('cannot be made on a full disk, and says so', async () => {
    await symlink('/dev/full', join(folder, 'full.wav.part'));
    await expect(Recording.create(join(folder, 'full.wav'), { maxMilliseconds: 1000 })).rejects.toMatchObject({
      code: 'ENOSPC',
    });
  });
});
