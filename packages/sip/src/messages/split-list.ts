/** Positions of `separator` outside quoted strings and angle brackets. Quoted pairs are skipped (RFC 3261 §25.1). */
function separatorsOf(text: string, separator: string): readonly number[] {
  const found: number[] = [];
  let quoted = false;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '<') depth++;
    else if (character === '>') depth = Math.max(0, depth - 1);
    else if (character === separator && depth === 0) found.push(index);
  }
  return found;
}

/** Splits at `separator` outside quotes and angle brackets; parts are trimmed and may be empty. */
export function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  if (!text.includes(separator)) return [text.trim()];
  if (!text.includes('"') && !text.includes('<')) return text.split(separator).map((part) => part.trim());
  const cuts = separatorsOf(text, separator);
  if (cuts.length === 0) return [text.trim()];
  const parts: string[] = [];
  let start = 0;
  for (const cut of [...cuts, text.length]) {
    parts.push(text.slice(start, cut).trim());
    start = cut + 1;
  }
  return parts;
}

/** The members of a comma-separated header value; empty ones are left out. */
export function splitList(value: string): readonly string[] {
  return splitOutsideQuotes(value, ',').filter((part) => part !== '');
}
