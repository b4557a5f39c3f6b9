import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@amtsleitung/base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTrunkPresets } from './trunk-presets.ts';

const shipped = fileURLToPath(new URL('../../../assets/trunk-presets/', import.meta.url));

let own: string;
let warnings: string[];
const logger: Logger = {
  debug: () => {},
  info: () => {},
  warn: (message, fields) => warnings.push(`${message} ${JSON.stringify(fields)}`),
  error: () => {},
  child: () => logger,
};

beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), 'presets-'));
  warnings = [];
});
afterEach(() => rmSync(own, { recursive: true }));

const names = () => readTrunkPresets([shipped, own], logger).map((preset) => preset.id);

describe('provider presets at start', () => {
  it('are the shipped ones when the town has none, also without its folder', () => {
    expect(names()).toHaveLength(11);
    expect(readTrunkPresets([shipped, join(own, 'nowhere')], logger)).toHaveLength(11);
    expect(warnings).toEqual([]);
  });

  it('hold the town’s own, which may replace a shipped one', () => {
    cpSync(join(shipped, 'nfon.json'), join(own, 'nfon.json'));
    const file = join(own, 'stadtwerke.json');
    const content = JSON.stringify({ ...JSON.parse(nfon()), id: 'stadtwerke', name: 'Stadtwerke' });
    writeFileSync(file, content);
    expect(names()).toHaveLength(12);
    expect(names()).toContain('stadtwerke');
    expect(warnings).toEqual([]);
  });

  it('leave a broken file out and name it with its field', () => {
    writeFileSync(join(own, 'a.json'), '{');
    writeFileSync(join(own, 'b.json'), nfon().replace('"udp"', '"sctp"'));
    writeFileSync(join(own, 'c.json'), nfon());
    writeFileSync(join(own, 'd.json'), ' '.repeat(70_000));
    mkdirSync(join(own, 'e.json'));
    expect(names()).toHaveLength(11);
    expect(warnings).toHaveLength(5);
    expect(warnings[0]).toMatch(/a\.json.*is not JSON/);
    expect(warnings[1]).toMatch(/b\.json.*transport\.value must be one of udp, tcp, tls/);
    expect(warnings[2]).toMatch(/c\.json.*id must be the name of the file/);
    expect(warnings[3]).toMatch(/d\.json.*larger/);
    expect(warnings[4]).toMatch(/e\.json.*is not readable/);
  });
});

const nfon = (): string => readFileSync(join(shipped, 'nfon.json'), 'utf8');
