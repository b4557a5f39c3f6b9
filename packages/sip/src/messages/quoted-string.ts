/** Writes a quoted-string, RFC 3261 §25.1. Line breaks cannot be quoted and become spaces. */
export function quote(text: string): string {
  return `"${text.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, (character) => `\\${character}`)}"`;
}

/** Reads a quoted-string that fills the whole of `text`; undefined when it is none or not closed. */
export function unquote(text: string): string | undefined {
  if (text.length < 2 || !text.startsWith('"')) return undefined;
  let plain = '';
  for (let index = 1; index < text.length; index++) {
    const character = text[index]!;
    if (character === '"') return index === text.length - 1 ? plain : undefined;
    if (character !== '\\') plain += character;
    else if (++index < text.length) plain += text[index]!;
  }
  return undefined;
}
