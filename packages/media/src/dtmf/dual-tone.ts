const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const keys = '123A456B789C*0#D';

/** The two frequencies of a key in hertz, ITU-T Q.23. */
export function dualTone(digit: string): readonly [number, number] | undefined {
  const at = keys.indexOf(digit);
  if (digit.length !== 1 || at < 0) return undefined;
  return [rows[at >> 2]!, columns[at & 3]!];
}
