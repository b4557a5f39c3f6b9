import { parseArgs } from 'node:util';
import { searchNumber } from '@amtsleitung/server';
import { existingHouse } from './house-database.ts';
import { UsageError } from './usage-error.ts';

/**
 * `erase --number NUMBER [--data DIR] [--dry-run]`: forgets an outside number on its owner's request (GDPR Art. 17), or
 * with `--dry-run` says what is kept (Art. 15). The server may run meanwhile.
 */
export async function erase(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, number: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  });
  if (!values.number) throw new UsageError('Welche Rufnummer? Zum Beispiel: npm run erase -- --number "0171 3920042"');
  const erases = values['dry-run'] !== true;
  const traces = await searchNumber(existingHouse(values.data), values.number, erases);
  if (!traces) {
    throw new UsageError(
      `„${values.number}“ ist keine ganze Rufnummer: Geben Sie sie mit Vorwahl an, wie 0171 3920042.`,
    );
  }
  process.stdout.write(`${sentenceOf(traces, erases)}\n`);
}

function sentenceOf(
  { calls, messages }: { readonly calls: number; readonly messages: number },
  erases: boolean,
): string {
  if (calls + messages === 0) return 'Zu dieser Rufnummer ist nichts gespeichert.';
  const of = `Rufnummer und Name zu ${calls} Gesprächen, ${messages} Sprachnachrichten`;
  if (!erases) return `Gespeichert: ${of}.`;
  return `Gelöscht: ${of}. Auswertungen bleiben unverändert. Ältere Sicherungen enthalten die Nummer noch.`;
}
