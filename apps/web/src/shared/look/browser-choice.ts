const key = (name: string): string => `amtsleitung.${name}`;

/** What was chosen in this browser; undefined when nothing fits or storage is forbidden. */
export function readChoice<T extends string>(name: string, allowed: readonly T[]): T | undefined {
  const stored = readText(name);
  return allowed.find((value) => value === stored);
}

export function readText(name: string): string | undefined {
  try {
    return localStorage.getItem(key(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Without storage the choice holds until the page is closed. */
export function writeChoice(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), value);
  } catch {
    return;
  }
}
