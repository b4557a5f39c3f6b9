import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '@amtsleitung/base';
import { parseTrunkPreset } from '@amtsleitung/domain';
import type { TrunkPreset } from '@amtsleitung/domain';

const mostFiles = 200;
const mostBytes = 64 * 1024;
const mostProblemsTold = 5;

/**
 * Shipped presets and the town's own in `<data>/trunk-presets`, by name. A preset of the town takes the place of a
 * shipped one with the same id. A broken file is told as a warning with its field, and left out: no start fails by it.
 */
export function readTrunkPresets(folders: readonly string[], logger: Logger): readonly TrunkPreset[] {
  const presets = new Map<string, TrunkPreset>();
  for (const preset of folders.flatMap((folder) => presetsIn(folder, logger))) presets.set(preset.id, preset);
  return [...presets.values()].sort((left, right) => left.name.localeCompare(right.name, 'de'));
}

function presetsIn(folder: string, logger: Logger): readonly TrunkPreset[] {
  const files = jsonFilesIn(folder, logger);
  const leftOut = files.length - mostFiles;
  if (leftOut > 0) logger.warn('more trunk presets than are read', { folder, most: mostFiles, leftOut });
  return files.slice(0, mostFiles).flatMap((name) => {
    const file = join(folder, name);
    const { preset, problems } = readPreset(file, name.slice(0, -'.json'.length));
    if (problems.length > 0) {
      logger.warn('a trunk preset is left out', { file, problems: problems.slice(0, mostProblemsTold) });
    }
    return preset ? [preset] : [];
  });
}

function jsonFilesIn(folder: string, logger: Logger): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    // Most towns have no presets of their own.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      logger.warn('a folder of trunk presets is not readable', { folder, error });
    }
    return [];
  }
}

function readPreset(file: string, id: string): { preset?: TrunkPreset; problems: readonly string[] } {
  try {
    if (statSync(file).size > mostBytes) return { problems: [`is larger than ${mostBytes} bytes`] };
    const parsed = parseTrunkPreset(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.ok) return { problems: parsed.problems.map(({ field, problem }) => `${field || 'file'} ${problem}`) };
    if (parsed.preset.id !== id) return { problems: ['id must be the name of the file'] };
    return { preset: parsed.preset, problems: [] };
  } catch (error) {
    return { problems: [error instanceof SyntaxError ? 'is not JSON' : `is not readable: ${String(error)}`] };
  }
}
