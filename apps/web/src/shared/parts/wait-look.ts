export type WaitLook = 'ink' | 'warn' | 'late';

/** In the promise, past it, past three times of it. */
export function waitLook(waitedMilliseconds: number, promiseSeconds: number): WaitLook {
  const share = waitedMilliseconds / (promiseSeconds * 1000);
  if (share > 3) return 'late';
  return share > 1 ? 'warn' : 'ink';
}
