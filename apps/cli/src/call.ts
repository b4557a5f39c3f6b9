import { parseArgs } from 'node:util';
import { callTheHouse } from '@amtsleitung/simulator';
import type { CitizenProgress } from '@amtsleitung/simulator';
import { runningServer } from './data-folder.ts';
import { wholeNumber } from './dialled-number.ts';
import { UsageError } from './usage-error.ts';

const words: Readonly<Record<CitizenProgress['kind'], string>> = {
  dialled: 'wählt',
  ringing: 'hört das Freizeichen',
  connected: 'ist verbunden und spricht',
  refused: 'wurde abgewiesen',
  ended: 'hat aufgelegt',
};

function describe(progress: CitizenProgress): string {
  const who = `Anruf ${progress.citizen} (${progress.from})`;
  if (progress.kind === 'dialled') return `${who} wählt ${progress.number}`;
  if (progress.kind === 'refused') return `${who} wurde abgewiesen (SIP ${progress.status ?? 'ohne Antwort'})`;
  if (progress.kind === 'ended' && progress.by === 'house') return `${who}: das Rathaus hat aufgelegt`;
  if (progress.kind === 'ended' && progress.by === 'network') return `${who}: die Verbindung ist abgerissen`;
  return `${who} ${words[progress.kind]}`;
}

function positive(text: string | undefined, standard: number, flag: string, most: number): number {
  if (text === undefined) return standard;
  const value = Number(text);
  if (value > 0 && value <= most) return value;
  throw new UsageError(`--${flag} braucht eine Zahl über 0 bis ${most}, nicht „${text}“.`);
}

/** `call NUMBER [--count N] [--rate CALLS_PER_SECOND] [--seconds N] [--data DIR]`: citizens call the running server. */
export async function call(args: readonly string[]): Promise<void> {
  const options = {
    count: { type: 'string' },
    rate: { type: 'string' },
    seconds: { type: 'string' },
    data: { type: 'string' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (positionals.length !== 1)
    throw new UsageError('Wen soll die Bürgerin anrufen? Zum Beispiel: npm run call -- 21-0');
  const server = runningServer(values.data);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const result = await callTheHouse({
    server: server.sip,
    number: wholeNumber(positionals[0]!, server.headNumbers),
    count: Math.round(positive(values.count, 1, 'count', 500)),
    rate: positive(values.rate, 1, 'rate', 50),
    seconds: positive(values.seconds, 120, 'seconds', 3600),
    onProgress: (progress) => process.stdout.write(`${describe(progress)}\n`),
    signal: stop.signal,
  });
  process.stdout.write(`Verbunden: ${result.connected}, abgewiesen: ${result.refused}\n`);
  if (result.connected === 0) process.exitCode = 1;
}
