import type { Timers } from '@amtsleitung/base';
import type { SessionHandlers } from '@amtsleitung/sip';

/** Told of anything thrown. */
export type OnBroken = (error: unknown) => void;

/** Timers whose callbacks cannot throw into the process. */
export const guardTimers = (timers: Timers, onBroken: OnBroken): Timers => ({
  after: (milliseconds, fire) => timers.after(milliseconds, () => guarded(fire, onBroken)),
});

/** Handlers that cannot throw into the SIP stack. */
export function guardHandlers(handlers: SessionHandlers, onBroken: OnBroken): SessionHandlers {
  const entries = Object.entries(handlers) as [string, (argument: unknown) => void][];
  return Object.fromEntries(
    entries.map(([name, handle]) => [name, (argument: unknown) => guarded(() => handle(argument), onBroken)]),
  );
}

export function guarded(run: () => void, onBroken: OnBroken): void {
  try {
    run();
  } catch (error) {
    onBroken(error);
  }
}
