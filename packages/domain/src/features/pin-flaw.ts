/** Why a PIN is refused; undefined: good enough. */
export type PinFlaw = 'not-digits' | 'too-short' | 'too-long' | 'too-simple';

const shortest = 6;
const longest = 12;

/** `known`: numbers that everybody can look up, e.g. the person's extension. */
export function pinFlaw(pin: string, known: readonly string[] = []): PinFlaw | undefined {
  if (!/^[0-9]*$/.test(pin)) return 'not-digits';
  if (pin.length < shortest) return 'too-short';
  if (pin.length > longest) return 'too-long';
  return isRow(pin) || isRepeated(pin) || known.some((number) => isMadeOf(pin, number)) ? 'too-simple' : undefined;
}

/** 123456, 987654, 111111, 246802: every digit is as far from the one before. */
function isRow(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10);
  return new Set(steps).size === 1;
}

/** 121212, 123123. */
function isRepeated(pin: string): boolean {
  return [1, 2, 3, 4, 5, 6].some((length) => pin.length > length && isMadeOf(pin, pin.slice(0, length)));
}

/** `part` over and over, the last time perhaps not whole; or any long number that holds the PIN or begins it. */
function isMadeOf(pin: string, part: string): boolean {
  const digits = part.replace(/[^0-9]/g, '');
  if (digits === '') return false;
  return digits.includes(pin) || digits.repeat(pin.length).startsWith(pin);
}
