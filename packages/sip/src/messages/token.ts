const tokenPattern = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/** `token` of RFC 3261 §25.1. */
export function isToken(text: string): boolean {
  return tokenPattern.test(text);
}

/** A decimal number without sign, at most `maximum`. */
export function parseNumber(text: string, maximum: number): number | undefined {
  if (!/^[0-9]{1,20}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= maximum ? number : undefined;
}
