import { silentLogger, systemClock, systemRandom } from '@amtsleitung/base';
import type { Database } from '../database/database.ts';
import { removeMessageFile } from '../voicemail/message-files.ts';
import { PartyEraser, type NumberTraces } from './party-eraser.ts';

const eraserOf = (database: Database): PartyEraser =>
  new PartyEraser({
    database,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    removeFile: (file) => removeMessageFile(database.dataFolder, file),
  });

/** What the house keeps about an outside number (E.164). */
export const tracesOfNumber = (database: Database, number: string): Promise<NumberTraces> =>
  eraserOf(database).tracesOf(number);

/** Forgets an outside number (E.164): name, number and recorded messages. Figures and records of calls stay. */
export const eraseNumber = (database: Database, number: string): Promise<NumberTraces> =>
  eraserOf(database).eraseNumber(number);
