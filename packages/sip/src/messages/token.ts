const tokenCharacters = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9\-.!%*_+`'~]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** `token` of RFC 3261 §25.1. */
export function isToken(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (tokenCharacters[text.charCodeAt(index)] !== 1) return false;
  return text.length > 0;
}

/** A decimal number without sign, at most `maximum`. */
export function parseNumber(text: string, maximum: number): number | undefined {
  if (text.length === 0 || text.length > 20) return undefined;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x30 || code > 0x39) return undefined;
  }
  const number = Number(text);
  return number <= maximum ? number : undefined;
}
