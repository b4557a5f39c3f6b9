import type { Logger } from '@amtsleitung/base';
import { silentLogger } from '@amtsleitung/base';
import { VirtualClock } from '@amtsleitung/base/testing';
import { TestAuthority } from '@amtsleitung/sip/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { expiryStage } from './certificate-expiry.ts';
import { CertificateWatch } from './certificate-watch.ts';
import type { TlsFiles } from './certificate.ts';

const day = 86_400_000;
let files: { short: TlsFiles; long: TlsFiles };
beforeAll(async () => {
  const authority = await TestAuthority.create();
  const issue = async (days: number) => ({
    ...(await authority.issue([{ type: 'dns', value: 'town.example' }], days)),
    selfSigned: false,
  });
  files = { short: await issue(41), long: await issue(400) };
});

function watching(current: TlsFiles) {
  const clock = new VirtualClock(Date.now());
  const lines: string[] = [];
  const note = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) =>
    lines.push(`${level} ${message} ${String(fields?.['days'] ?? fields?.['fault'] ?? '')}`.trim());
  const logger: Logger = { ...silentLogger, info: note('info'), warn: note('warn'), error: note('error') };
  const watch = new CertificateWatch({ clock, timers: clock, logger });
  const applied: TlsFiles[] = [];
  const disk = { files: current as TlsFiles | Error };
  const source = () => (disk.files instanceof Error ? Promise.reject(disk.files) : Promise.resolve(disk.files));
  watch.watch({ use: 'sip', source, apply: (one) => applied.push(one) }, current);
  /** Lets days go by, and the checks in them settle. */
  const pass = async (days: number) => {
    clock.jumpWall(days * day);
    await watch.check();
  };
  return { watch, clock, lines, applied, disk, pass };
}

describe('CertificateWatch', () => {
  it('warns 30, 14 and 3 days before the end, once each, and every day after it', async () => {
    const { lines, pass } = watching(files.short);
    for (let count = 0; count < 42; count++) await pass(1);
    expect(lines).toEqual([
      'warn certificate expires 29',
      'warn certificate expires 13',
      'error certificate expires 2',
      'error certificate is over: browsers and phones refuse TLS -1',
      'error certificate is over: browsers and phones refuse TLS -2',
      'error certificate is over: browsers and phones refuse TLS -3',
    ]);
  });

  it('takes a renewed one into service within a minute', async () => {
    const { watch, clock, lines, applied, disk } = watching(files.short);
    disk.files = files.long;
    clock.advance(60_000);
    await expect.poll(() => applied).toEqual([files.long]);
    expect(watch.inService('sip')).toBe(files.long.certificate);
    expect(watch.inService('https')).toBeUndefined();
    expect(lines).toEqual(['info renewed certificate in service']);
    watch.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('keeps the old one, and says so once, while the files cannot be used', async () => {
    const { watch, lines, applied, disk, pass } = watching(files.short);
    disk.files = new Error('half written');
    await pass(0);
    await pass(0);
    expect(lines).toEqual(['warn certificate not renewed, the old one stays half written']);
    expect(watch.inService('sip')).toBe(files.short.certificate);
    disk.files = files.long;
    await pass(0);
    expect(applied).toEqual([files.long]);
  });
});

it('names the stages before the end', () => {
  const stages = [31, 30, 15, 14, 4, 3, 0.1, 0, -1].map((days) => expiryStage(days * day, 0));
  expect(stages).toEqual(['fine', 30, 30, 14, 14, 3, 3, 'over', 'over']);
});
