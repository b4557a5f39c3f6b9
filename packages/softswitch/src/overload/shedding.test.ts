import { headerValue } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { TestHouse, TestLamps, WatchingPhone } from '../testing/index.ts';

async function overloaded() {
  const late = { milliseconds: 0 };
  const house = await TestHouse.open({ options: { delayMonitor: { read: () => late.milliseconds } } });
  house.softswitch.show(new TestLamps());
  const mira = await house.phone('mira-desk', '10.0.1.1');
  const pia = await house.phone('pia-desk', '10.0.1.2');
  const provider = await house.provider();
  await house.after(mira.register());
  const running = provider.dial('+49499921120');
  await house.run();
  const { leg } = house.incoming;
  house.calls.answer(leg);
  await house.run();
  late.milliseconds = 300;
  await house.run(1_500);
  house.events.length = 0;
  return { house, late, mira, pia, provider, running, leg };
}

describe('an overloaded house', () => {
  it('RFC 3261 §21.5.4: sends new calls away with 503 and Retry-After, from outside and inside', async () => {
    const { house, mira, provider } = await overloaded();
    const calls = [mira.dial('121'), provider.dial('+49499921120')];
    await house.run();
    for (const { end } of calls) {
      expect(end?.status).toBe(503);
      const seconds = Number(headerValue(end!.response!, 'Retry-After'));
      expect(seconds).toBeGreaterThanOrEqual(5);
      expect(seconds).toBeLessThanOrEqual(20);
    }
    expect(house.events).toEqual([]);
    expect(house.softswitch.load.isShedding).toBe(true);
  });

  it('goes on with its calls: in-dialog requests are served', async () => {
    const { house, running, leg } = await overloaded();
    const digits = running.session.request('INFO', {
      body: { contentType: 'application/dtmf-relay', content: new TextEncoder().encode('Signal=5\r\n') },
    });
    expect((await house.after(digits)).status).toBe(200);
    running.session.bye();
    await house.run();
    expect(house.told(leg)).toEqual(['digit 5', 'ended remote']);
  });

  it('keeps its registered phones, and at worst takes no others', async () => {
    const { house, late, mira, pia } = await overloaded();
    expect((await house.after(pia.register())).status).toBe(200);
    late.milliseconds = 600;
    await house.run(1_000);
    const soft = await house.phone('mira-soft', '10.0.1.3');
    expect((await house.after(mira.register())).status).toBe(200);
    expect((await house.after(soft.register())).status).toBe(503);
    const watching = new WatchingPhone(house, mira, '10.0.1.1');
    expect((await watching.subscribe('dialog', '121')).status).toBe(503);
  });

  it('is itself again three seconds after it has caught up', async () => {
    const { house, late, mira } = await overloaded();
    late.milliseconds = 5;
    await house.run(4_500);
    mira.dial('121');
    await house.run();
    expect(house.incoming.dialled).toBe('121');
    expect(house.softswitch.load.isShedding).toBe(false);
  });
});
