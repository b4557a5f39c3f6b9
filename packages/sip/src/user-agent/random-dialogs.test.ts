import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sdpBody } from '../index.ts';
import type { Session, SessionHandlers } from '../index.ts';
import { Scene } from '../testing/index.ts';

type Side = 'citizen' | 'house';
type What = 'ring' | 'early' | 'accept' | 'reject' | 'hold' | 'update' | 'refer' | 'info' | 'hang-up' | 'wait';

interface Deed {
  readonly side: Side;
  readonly what: What;
  /** Milliseconds until the next. */
  readonly wait: number;
}

/** Ends are rare, so that much happens before them. */
const what = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<What>('reject', 'hang-up') },
  { weight: 6, arbitrary: fc.constantFrom<What>('ring', 'early', 'accept') },
  { weight: 12, arbitrary: fc.constantFrom<What>('hold', 'update', 'refer', 'info', 'wait') },
);
const deed: fc.Arbitrary<Deed> = fc.record({
  side: fc.constantFrom<Side>('citizen', 'house'),
  what,
  wait: fc.constantFrom(0, 10, 40, 700),
});

function act(session: Session, what: What): void {
  switch (what) {
    case 'ring':
      return 'provisional' in session
        ? (session as never as { provisional(n: number): void }).provisional(180)
        : undefined;
    case 'early':
      if (session.direction !== 'incoming') return;
      return (session as never as { provisional(n: number, parts: object): void }).provisional(183, {
        body: sdpBody('v=0 early'),
      });
    case 'accept':
      if (session.direction !== 'incoming') return;
      return (session as never as { accept(body: object): void }).accept(sdpBody('v=0 answer'));
    case 'reject':
      if (session.direction !== 'incoming') return;
      return (session as never as { reject(status: number): void }).reject(486);
    case 'hold':
      return void session.reoffer(sdpBody('v=0 hold'));
    case 'update':
      return void session.update(sdpBody('v=0 update'));
    case 'refer':
      return void session.request('REFER', { headers: [{ name: 'Refer-To', value: '<sip:120@x.test>' }] });
    case 'info':
      return void session.request('INFO');
    case 'hang-up':
      return session.bye();
    case 'wait':
  }
}

/** Both sides do these deeds; returns what is left when all is over. */
async function play(deeds: readonly Deed[], loss: number, seed: number) {
  const ends: Record<Side, number> = { citizen: 0, house: 0 };
  const handlers = (side: Side): SessionHandlers => ({
    reoffer: (reoffer) => reoffer.accept(sdpBody('v=0 changed')),
    refer: (refer) => {
      refer.accept();
      refer.notify(200);
    },
    request: (incoming) => incoming.respond(200),
    ended: () => ends[side]++,
  });
  const scene = await Scene.set({
    seed,
    options: { supported: ['100rel'] },
    onInvite: (session) => session.handle(handlers('house')),
  });
  scene.stage.network.faults = { loss, duplication: loss, jitter: loss > 0 ? 60 : 0, latency: 5 };
  const session = scene.citizen.invite(scene.call);
  session.handle(handlers('citizen'));
  for (const { side, what, wait } of deeds) {
    const mine = side === 'citizen' ? session : scene.incoming[0];
    if (mine) act(mine, what);
    await scene.pass(wait);
  }
  scene.stage.network.faults = { loss: 0, duplication: 0, jitter: 0, latency: 5 };
  await scene.pass(12_000);
  session.bye();
  for (const one of scene.incoming) one.bye();
  await scene.stage.passQuickly(400_000);
  return { scene, session, ends };
}

describe('two ends of a dialog that do anything at any time', () => {
  it.each([0, 0.05])(
    'RFC 3261 §12: each end is told once, and nothing is left (loss %s)',
    async (loss) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(deed, { minLength: 4, maxLength: 20, size: 'max' }),
          fc.nat(1_000),
          async (deeds, seed) => {
            const { scene, session, ends } = await play(deeds, loss, seed);
            expect(session.state).toBe('ended');
            expect(ends.citizen).toBe(1);
            expect(ends.house).toBe(scene.incoming.length);
            expect(scene.incoming.length).toBeLessThanOrEqual(1);
            for (const agent of [scene.citizen, scene.house]) {
              expect(agent.load).toEqual({ sessions: 0, subscriptions: 0, transactions: 0 });
            }
            expect(scene.stage.clock.pendingTimers).toBe(0);
          },
        ),
        { numRuns: 60 },
      );
    },
    120_000,
  );
});
