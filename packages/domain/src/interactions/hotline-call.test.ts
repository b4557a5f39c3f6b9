import { describe, expect, it } from 'vitest';
import { SampleHouse, sampleHotline, sampleTown } from '../testing/index.ts';

const greeted = (house: SampleHouse) => house.citizenQueues();

describe('a citizen calls a hotline', () => {
  it('is greeted, waits with music, rings at an agent, talks, and is wrapped up', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    const citizen = house.citizenCalls('+49620521115');
    expect(house.control.leg(citizen).answered).toBe(true);
    expect(house.control.heard(citizen)).toEqual(['greeting']);
    house.control.playedOut(citizen);
    expect(house.control.heard(citizen)).toEqual(['please-wait', 'you-are-next']);
    const agent = house.control.ringingAt('anna');
    expect(house.control.leg(agent).options).toMatchObject({
      caller: { number: '+4917139200000' },
      subject: 'Hotline service',
      ringMilliseconds: 20_000,
    });
    expect(house.director.phoneState('anna').calls).toMatchObject([
      { state: 'ringing', hotlineId: 'service', party: { number: '+4917139200000' }, direction: 'inbound' },
    ]);
    house.control.playedOut(citizen);
    expect(house.control.heard(citizen)).toEqual(['music']);

    house.clock.advance(4_000);
    house.control.pickUp(agent);
    expect(house.control.areBridged(citizen, agent)).toBe(true);
    expect(house.stateOf('anna')).toEqual(['connected']);
    house.clock.advance(60_000);
    house.control.hangsUp(citizen);
    expect(house.control.leg(agent).gone).toBe(true);
    expect(house.director.phoneState('anna')).toMatchObject({ calls: [], wrapUp: { hotlineId: 'service' } });
    house.clock.advance(30_000);
    expect(house.director.phoneState('anna').wrapUp).toBeUndefined();

    expect(house.log.kinds()).toEqual([
      'agent-logged-in',
      'call-arrived',
      'call-routed',
      'hotline-queued',
      'hotline-offered',
      'hotline-offer-ended',
      'hotline-answered',
      'call-connected',
      'call-ended',
      'wrap-up-started',
      'wrap-up-ended',
    ]);
    expect(house.log.ofKind('hotline-answered')[0]).toMatchObject({ waitMilliseconds: 4_000, personId: 'anna' });
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({
      outcome: 'answered',
      by: 'caller',
      totalMilliseconds: 64_000,
      talkMilliseconds: 60_000,
    });
    expect(house.log.parties).toHaveLength(1);
  });

  it('durations ignore a jump of the wall clock', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    const citizen = greeted(house);
    house.control.pickUp(house.control.ringingAt('anna'));
    house.clock.jumpWall(-3_600_000);
    house.clock.advance(1_000);
    house.control.hangsUp(citizen);
    expect(house.log.ofKind('call-ended')[0]?.talkMilliseconds).toBe(1_000);
  });

  it('two callers, one agent: order kept, the second comes after wrap-up, the position is spoken', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    const first = greeted(house);
    const second = greeted(house);
    expect(house.control.legsTo('anna')).toHaveLength(1);
    expect(house.control.heard(second)).toEqual(['please-wait', 'your-position-is', '2']);
    house.control.playedOut(second);
    house.control.pickUp(house.control.ringingAt('anna'));
    house.clock.advance(45_000);
    expect(house.control.heard(second)).toEqual(['you-are-next']);
    house.control.hangsUp(first);
    expect(house.control.legsTo('anna')).toEqual([]);
    expect(house.hotlines.finishWrapUp('anna', 'done')).toBe(true);
    house.control.pickUp(house.control.ringingAt('anna'));
    expect(house.log.ofKind('hotline-answered')[1]?.waitMilliseconds).toBe(45_000);
    expect(house.log.ofKind('wrap-up-ended')[0]).toMatchObject({ outcome: 'done', milliseconds: 0 });
    expect(house.control.leg(second).hears).toBe(house.control.legsTo('anna')[0]?.id);
  });

  it('of more than a hundred callers the last hear no place that nobody can speak, and later theirs', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    const callers = Array.from({ length: 103 }, () => greeted(house));
    expect(house.control.heard(callers[99]!)).toEqual(['please-wait', 'your-position-is', '100']);
    const last = callers.at(-1)!;
    expect(house.control.heard(last)).toEqual(['please-wait']);
    for (const leg of callers.slice(0, 3)) house.control.hangsUp(leg);
    house.control.playedOut(last);
    expect(house.control.heard(last)).toEqual(['music']);
    house.clock.advance(45_000);
    expect(house.control.heard(last)).toEqual(['your-position-is', '100']);
  });

  it('a hotline deleted while somebody waits: told so, no message for nobody', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    house.hotlines.setPaused('anna', true);
    const citizen = greeted(house);
    house.directory.replace(sampleTown({ hotlines: [] }));
    expect(house.control.heard(citizen)).toEqual(['nobody-available']);
    house.control.playedOut(citizen);
    expect(house.log.ofKind('call-ended')).toHaveLength(1);
  });

  it('an agent who does not answer gives the call to the next and rests', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna', 'ben');
    greeted(house);
    house.clock.advance(20_000);
    house.control.fail(house.control.ringingAt('anna'), 'no-answer');
    expect(house.control.legsTo('anna')).toEqual([]);
    house.control.fail(house.control.ringingAt('ben'), 'declined');
    expect(house.control.legsTo('ben')).toEqual([]);
    house.clock.advance(10_000);
    expect(house.control.ringingAt('anna')).toBeDefined();
    expect(house.log.ofKind('hotline-offer-ended').map(({ outcome }) => outcome)).toEqual(['no-answer', 'declined']);
  });

  it('an agent who closes the tab while it rings: head of the queue, others are asked, not asked again until back', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    const first = greeted(house);
    greeted(house);
    house.control.fail(house.control.ringingAt('anna'), 'unreachable');
    house.reachability.set('anna', false);
    house.clock.advance(59_000);
    expect(house.control.legsTo('anna')).toEqual([]);
    house.logIn('service', 'ben');
    house.control.pickUp(house.control.ringingAt('ben'));
    expect(house.control.areBridged(first, house.control.legsTo('ben')[0]!.id)).toBe(true);
    house.reachability.set('anna', true);
    expect(house.control.ringingAt('anna')).toBeDefined();
  });

  it('an agent whose phone comes back is asked at once', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    greeted(house);
    house.reachability.set('anna', false);
    expect(house.control.legsTo('anna')).toEqual([]);
    expect(house.log.ofKind('hotline-offer-ended')[0]).toMatchObject({ outcome: 'unreachable' });
    house.reachability.set('anna', true);
    house.clock.advance(1_000);
    expect(house.control.ringingAt('anna')).toBeDefined();
  });

  it('agents without any phone are nobody: after a minute callers are asked for a message', () => {
    const house = new SampleHouse({ reachable: [] });
    house.logIn('service', 'anna');
    const early = greeted(house);
    expect(house.control.heard(early)).toContain('you-are-next');
    house.clock.advance(60_000);
    expect(house.control.heard(early)).toContain('leave-message-after-tone');
    const late = house.citizenCalls('+496205210');
    expect(house.control.heard(late)).toContain('leave-message-after-tone');
    expect(house.log.ofKind('hotline-overflowed').map(({ reason }) => reason)).toEqual([
      'nobody-logged-in',
      'nobody-logged-in',
    ]);
  });

  it('the network answers while the offer is taken back: the agent is let go', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    const citizen = greeted(house);
    const agent = house.control.ringingAt('anna');
    house.control.hangsUp(citizen);
    expect(house.control.leg(agent)).toMatchObject({ gone: true, failure: { kind: 'cancelled' } });
    house.control.pickUp(agent);
    expect(house.stateOf('anna')).toEqual([]);
    expect(house.log.kinds().slice(-3)).toEqual(['hotline-offer-ended', 'hotline-abandoned', 'call-ended']);
  });

  it.each([
    ['pause', (house: SampleHouse) => house.hotlines.setPaused('anna', true)],
    ['log-out', (house: SampleHouse) => house.hotlines.setLogin('anna', 'service', false)],
  ])('%s while it rings gives the call back at once', (_name, act) => {
    const house = new SampleHouse();
    house.logIn('service', 'anna', 'ben');
    greeted(house);
    const agent = house.control.ringingAt('anna');
    act(house);
    expect(house.control.leg(agent).gone).toBe(true);
    expect(house.control.ringingAt('ben')).toBeDefined();
    expect(house.log.ofKind('hotline-offer-ended')[0]?.outcome).toBe('withdrawn');
  });

  it('declining on the screen is the same as on the phone', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna', 'ben');
    greeted(house);
    expect(house.director.hangUp('anna', house.callOf('anna'))).toMatchObject({ ok: true });
    expect(house.control.ringingAt('ben')).toBeDefined();
    expect(house.log.ofKind('hotline-offer-ended')[0]?.outcome).toBe('declined');
  });

  it('nobody is offered a call while on any other call', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    const own = house.phoneDials('anna', '123');
    greeted(house);
    expect(house.control.legsTo('anna')).toEqual([]);
    house.control.hangsUp(own);
    expect(house.control.ringingAt('anna')).toBeDefined();
  });

  it('seventeen callers at once: everybody is answered, nobody hears busy (R7)', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna', 'ben', 'cem');
    const citizens = Array.from({ length: 17 }, (_, index) => house.citizenCalls('+49620521', `+491713920${index}000`));
    expect(citizens.every((leg) => house.control.heard(leg)[0] === 'greeting')).toBe(true);
    for (const leg of citizens) house.control.playedOut(leg);
    expect(['anna', 'ben', 'cem'].every((id) => house.control.legsTo(id).length === 1)).toBe(true);
    expect(house.hotlines.boardOf('town')[0]).toMatchObject({
      hotlineId: 'service',
      open: true,
      agents: { ready: 3, onCall: 0, notReady: 0 },
    });
    expect(house.hotlines.boardOf('town')[0]?.waiting.filter(({ ringing }) => ringing)).toHaveLength(3);
    expect(house.hotlines.myHotlines('anna').hotlines[0]).toMatchObject({ waiting: 17, loggedIn: true });
  });
});

describe('a hotline that cannot take the call', () => {
  const message = (house: SampleHouse, leg: string) => {
    house.control.playedOut(leg);
    expect(house.control.leg(leg).recordingId).toBeDefined();
    house.clock.advance(8_000);
    house.control.recorded(leg, 8_000);
  };

  it('closed: announcement and a message for the team', () => {
    const town = sampleTown({
      hotlines: [sampleHotline('service', ['anna'], { openingHours: { intervals: [], closures: [] } })],
    });
    const house = new SampleHouse({ town });
    house.logIn('service', 'anna');
    const citizen = house.citizenCalls('0620521-0');
    expect(house.control.heard(citizen)).toEqual([
      'greeting',
      'outside-opening-hours',
      'leave-message-after-tone',
      'message-beep',
    ]);
    message(house, citizen);
    expect(house.control.heard(citizen)).toEqual(['message-saved', 'goodbye']);
    house.control.playedOut(citizen);
    expect(house.control.leg(citizen).gone).toBe(true);
    expect(house.log.ofKind('message-recorded')[0]).toMatchObject({
      box: { kind: 'hotline', hotlineId: 'service' },
      milliseconds: 8_000,
      partyId: house.log.parties[0]?.partyId,
    });
    expect(house.log.ofKind('hotline-overflowed')[0]).toMatchObject({ reason: 'closed', waitMilliseconds: 0 });
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'message', by: 'system' });
  });

  it('nobody logged in: the message is kept when the citizen just hangs up', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+496205210');
    expect(house.control.heard(citizen)).toContain('nobody-available');
    house.control.playedOut(citizen);
    house.clock.advance(5_000);
    house.control.hangsUp(citizen);
    expect(house.log.ofKind('call-ended')).toEqual([]);
    house.control.recorded(citizen, 5_000);
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'message', by: 'caller' });
    expect(house.log.ofKind('hotline-overflowed')[0]?.reason).toBe('nobody-logged-in');
  });

  it('a hang-up at the tone leaves no message and no file', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+496205210');
    house.control.playedOut(citizen);
    house.control.recorded(citizen, 300, 'messages/empty.wav');
    house.control.hangsUp(citizen);
    expect(house.discarded).toEqual(['messages/empty.wav']);
    expect(house.log.ofKind('message-recorded')).toEqual([]);
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'abandoned' });
  });

  it('minutes of street noise with hardly a word are no message: the caller hears goodbye', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+496205210');
    house.control.playedOut(citizen);
    house.control.recorded(citizen, 9_000, 'messages/noise.wav', 900);
    expect(house.control.heard(citizen)).toEqual(['goodbye']);
    house.control.playedOut(citizen);
    expect(house.discarded).toEqual(['messages/noise.wav']);
    expect(house.log.ofKind('message-recorded')).toEqual([]);
  });

  it('a recording whose end never arrives does not keep the call for ever', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+496205210');
    house.control.playedOut(citizen);
    house.control.hangsUp(citizen);
    house.clock.advance(15_000);
    expect(house.log.ofKind('call-ended')).toHaveLength(1);
    expect(house.director.activeCalls).toBe(0);
  });

  it('# ends the message', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+496205210');
    house.control.playedOut(citizen);
    house.control.fire({ kind: 'digit', leg: citizen, digit: '#' });
    expect(house.control.commands.at(-1)).toEqual({ name: 'stopRecording', leg: citizen });
  });

  it('waited too long: an offer that rings may still be answered, then the message', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    house.hotlines.setPaused('anna', true);
    const citizen = greeted(house);
    house.clock.advance(595_000);
    house.hotlines.setPaused('anna', false);
    const ringing = house.control.ringingAt('anna');
    house.clock.advance(6_000);
    expect(house.control.heard(citizen)).not.toContain('nobody-available');
    house.control.fail(ringing, 'no-answer');
    expect(house.control.heard(citizen)).toEqual(['nobody-available', 'leave-message-after-tone', 'message-beep']);
    expect(house.log.ofKind('hotline-overflowed')[0]?.reason).toBe('max-wait');
  });

  it('the last agent logs out: nobody waits for nobody', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    house.hotlines.setPaused('anna', true);
    const citizen = greeted(house);
    house.hotlines.setLogin('anna', 'service', false);
    expect(house.control.heard(citizen)).toContain('nobody-available');
  });

  it('a silent media engine does not hold the caller for ever', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna');
    house.citizenCalls('+496205210');
    house.clock.advance(60_000);
    expect(house.control.ringingAt('anna')).toBeDefined();
  });
});
