const unescaped = {
  /** unreserved and user-unreserved, RFC 3261 §25.1 */
  user: /[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/gu,
  password: /[^A-Za-z0-9\-_.!~*'()&=+$,]/gu,
};

/** Percent-escapes what the part of a URI may not hold. */
export function escapeUri(text: string, part: 'user' | 'password'): string {
  return text.replace(unescaped[part], (character) =>
    Array.from(
      new TextEncoder().encode(character),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  );
}

/** Undoes percent-escapes; undefined when one is malformed or the bytes are not UTF-8. */
export function unescapeUri(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
