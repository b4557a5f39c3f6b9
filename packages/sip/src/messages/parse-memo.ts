/** A power of two. */
const places = 512;
/** Longer texts are read anew each time: they are rare, and would be held on to. */
const longestText = 512;

/**
 * `parse` with a memory of what it read last: every layer asks for the same few header values of a message, and the
 * messages of a call repeat them. Results are shared, so they must never be changed. Texts that cannot be read
 * (`undefined`) are not remembered. Each text has one place, where a later one with the same place follows it.
 */
export function remembering<Result>(parse: (text: string) => Result | undefined): (text: string) => Result | undefined {
  const texts: (string | undefined)[] = Array.from({ length: places }, () => undefined);
  const results: (Result | undefined)[] = Array.from({ length: places }, () => undefined);
  return (text) => {
    const place = placeOf(text);
    if (texts[place] === text) return results[place];
    const result = parse(text);
    if (result === undefined || text.length > longestText) return result;
    texts[place] = text;
    results[place] = result;
    return result;
  };
}

/** Far cheaper than a hash of the whole: values of one kind differ in length, at their ends or in their middle. */
function placeOf(text: string): number {
  const { length } = text;
  let mixed = length;
  for (let back = 1; back <= 5; back++) mixed = (mixed * 31 + text.charCodeAt(length - back)) | 0;
  mixed = (mixed * 31 + text.charCodeAt(length >> 1)) | 0;
  mixed = (mixed * 31 + text.charCodeAt((length * 3) >> 2)) | 0;
  return (mixed ^ (mixed >>> 9)) & (places - 1);
}
