/** What is typed above the list. */
export interface TraceSearch {
  readonly lastDigits: string;
  /** As the browser's field has it: local time without zone, or empty. */
  readonly before: string;
}

interface TraceQuery {
  readonly lastDigits?: string;
  /** Wall milliseconds. */
  readonly before?: number;
}

const threeDigits = /^\d{3}$/;

/** Nothing, or enough to search by. */
export const isComplete = (lastDigits: string): boolean => lastDigits === '' || threeDigits.test(lastDigits);

/** What can be asked already: half a date or one digit narrows nothing. */
export function queryOf({ lastDigits, before }: TraceSearch): TraceQuery {
  const time = before === '' ? Number.NaN : new Date(before).getTime();
  return {
    ...(threeDigits.test(lastDigits) ? { lastDigits } : {}),
    ...(time >= 0 ? { before: time } : {}),
  };
}
