const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

function sinceMidnight(instant: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const seconds = parts.get('hour')! * 3600 + parts.get('minute')! * 60 + parts.get('second')!;
  return seconds * 1000 + (((instant % 1000) + 1000) % 1000);
}

const day = 86_400_000;

/** Midnight by the wall clock of `timeZone`, in milliseconds since 1970 UTC; right on days of 23 and 25 hours too. */
export function startOfDay(instant: number, timeZone: string): number {
  const guess = instant - sinceMidnight(instant, timeZone);
  const off = sinceMidnight(guess, timeZone);
  // On a day with a change of time the guess is an hour early (23:00 before) or late (01:00).
  return off === 0 ? guess : off > day / 2 ? guess + (day - off) : guess - off;
}
