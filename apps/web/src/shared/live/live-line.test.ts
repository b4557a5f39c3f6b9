import { describe, expect, it } from 'vitest';
import { LiveLine, pauseBefore, silenceLimit, type LiveLineState, type LiveSocket } from './live-line.ts';

/** A network and a clock the test moves by hand. */
function surroundings() {
  const sockets: (LiveSocket & { closed: boolean })[] = [];
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const states: LiveLineState[] = [];
  const heard: string[] = [];
  const line = new LiveLine(
    {
      now: () => now,
      random: () => 0,
      open: () => {
        const socket = {
          onmessage: null,
          onclose: null,
          closed: false,
          close() {
            this.closed = true;
          },
        };
        sockets.push(socket);
        return socket;
      },
      after: (milliseconds, run) => {
        const timer = { at: now + milliseconds, run };
        timers.push(timer);
        return () => (timers = timers.filter((other) => other !== timer));
      },
    },
    (message) => heard.push(message.topic),
    (state) => states.push(state),
  );
  const advance = (milliseconds: number): void => {
    now += milliseconds;
    const due = timers.filter((timer) => timer.at <= now);
    timers = timers.filter((timer) => timer.at > now);
    for (const timer of due) timer.run();
  };
  const say = (message: unknown): void =>
    sockets.at(-1)?.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) });
  return { line, sockets, states, heard, advance, say };
}
const clock = { topic: 'clock', payload: { at: 1 } };

describe('the live line', () => {
  it('is live with the first message, not with the first byte', () => {
    const { line, states, say } = surroundings();
    line.start();
    expect(states).toEqual([{ kind: 'connecting' }]);
    say(clock);
    expect(states.at(-1)).toEqual({ kind: 'live' });
  });

  it('comes back after growing pauses and starts small again once it was live', () => {
    const { line, sockets, states, advance, say } = surroundings();
    line.start();
    for (const pause of [1000, 2000, 4000, 8000, 15000, 15000]) {
      sockets.at(-1)?.onclose?.();
      expect(states.at(-1)).toMatchObject({ kind: 'broken' });
      const before = sockets.length;
      advance(pause - 1);
      expect(sockets).toHaveLength(before);
      advance(1);
      expect(sockets).toHaveLength(before + 1);
    }
    say(clock);
    sockets.at(-1)?.onclose?.();
    advance(1000);
    expect(states.at(-1)).toEqual({ kind: 'connecting' });
  });

  it('takes silence for a dead line', () => {
    const { line, sockets, states, advance, say } = surroundings();
    line.start();
    say(clock);
    advance(silenceLimit - 1);
    say(clock);
    advance(silenceLimit - 1);
    expect(states.at(-1)).toEqual({ kind: 'live' });
    advance(1);
    expect(states.at(-1)).toMatchObject({ kind: 'broken' });
    expect(sockets[0]?.closed).toBe(true);
  });

  it('passes over what it cannot read', () => {
    const { line, heard, say } = surroundings();
    line.start();
    say('no json');
    say({ topic: 'weather', payload: {} });
    say({ topic: 'phone', payload: { calls: 'none' } });
    expect(heard).toEqual([]);
    say({ topic: 'messages', payload: { open: 2 } });
    expect(heard).toEqual(['messages']);
  });

  it('tries at once when asked, and never again once stopped', () => {
    const { line, sockets, advance } = surroundings();
    line.start();
    sockets.at(-1)?.onclose?.();
    line.connectNow();
    expect(sockets).toHaveLength(2);
    line.stop();
    line.connectNow();
    advance(60_000);
    expect(sockets).toHaveLength(2);
    expect(sockets[1]?.closed).toBe(true);
  });

  it('spreads returning browsers over a third of the pause', () => {
    expect(pauseBefore(0, 0)).toBe(1000);
    expect(pauseBefore(0, 1)).toBe(667);
    expect(pauseBefore(50, 0)).toBe(15_000);
  });
});
