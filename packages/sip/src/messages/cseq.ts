import { remembering } from './parse-memo.ts';
import { isToken, parseNumber } from './token.ts';

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** RFC 3261 §8.1.1.5: below 2^31. */
const maximumCSeq = 2 ** 31 - 1;

export const parseCSeq = remembering(readCSeq);

function readCSeq(text: string): CSeq | undefined {
  const match = /^([0-9]+)\s+(\S+)$/.exec(text.trim());
  const number = match ? parseNumber(match[1]!, maximumCSeq) : undefined;
  return match && number !== undefined && isToken(match[2]!) ? { number, method: match[2]! } : undefined;
}

export function printCSeq(cseq: CSeq): string {
  return `${cseq.number} ${cseq.method}`;
}
