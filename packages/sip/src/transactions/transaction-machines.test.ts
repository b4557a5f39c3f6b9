import { describe, expect, it } from 'vitest';
import { inviteClientStart, nextInviteClient } from './invite-client-machine.ts';
import type { InviteClientInput, InviteClientState } from './invite-client-machine.ts';
import { inviteServerStart, nextInviteServer } from './invite-server-machine.ts';
import type { InviteServerInput, InviteServerState } from './invite-server-machine.ts';
import { nextNonInviteClient, nonInviteClientStart } from './non-invite-client-machine.ts';
import type { NonInviteClientInput, NonInviteClientState } from './non-invite-client-machine.ts';
import { nextNonInviteServer, nonInviteServerStart } from './non-invite-server-machine.ts';
import type { NonInviteServerInput, NonInviteServerState } from './non-invite-server-machine.ts';
import type { TransactionEffect } from './transaction-effect.ts';

/** Effects in short: `send`, `+A 500`, `-A` … */
const written = (effects: readonly TransactionEffect[]): string =>
  effects
    .map((effect) => {
      if (effect.kind === 'start-timer') return `+${effect.timer} ${effect.milliseconds}`;
      return effect.kind === 'stop-timer' ? `-${effect.timer}` : effect.kind;
    })
    .join(', ');

const response = (status: number) => ({ kind: 'response', status }) as const;
const respond = (status: number) => ({ kind: 'respond', status }) as const;
const timer = <Name extends string>(name: Name) => ({ kind: 'timer', timer: name }) as const;
const broken = { kind: 'transport-error' } as const;
const request = { kind: 'request' } as const;
const ack = { kind: 'ack' } as const;
const begin = { kind: 'start' } as const;

describe('INVITE client, RFC 3261 figure 5, RFC 6026 figure 7.3', () => {
  const rows: [InviteClientState['phase'], boolean, InviteClientInput, InviteClientState['phase'], string][] = [
    ['initial', false, begin, 'calling', 'send, +A 500, +B 32000'],
    ['initial', true, begin, 'calling', 'send, +B 32000'],
    ['calling', false, begin, 'calling', ''],
    ['calling', false, timer('A'), 'calling', 'send, +A 1000'],
    ['calling', false, timer('B'), 'terminated', '-A, timed-out'],
    ['calling', false, timer('D'), 'calling', ''],
    ['calling', false, response(180), 'proceeding', '-A, -B, deliver'],
    ['calling', false, response(200), 'accepted', '-A, -B, deliver, +M 32000'],
    ['calling', false, response(486), 'completed', '-A, -B, send-ack, deliver, +D 32000'],
    ['calling', true, response(486), 'terminated', '-A, -B, send-ack, deliver'],
    ['calling', false, broken, 'terminated', '-A, -B, failed'],
    ['proceeding', false, response(183), 'proceeding', 'deliver'],
    ['proceeding', false, response(200), 'accepted', 'deliver, +M 32000'],
    ['proceeding', false, response(603), 'completed', 'send-ack, deliver, +D 32000'],
    ['proceeding', false, timer('A'), 'proceeding', ''],
    ['proceeding', false, timer('B'), 'proceeding', ''],
    ['proceeding', false, broken, 'terminated', '-A, -B, failed'],
    ['completed', false, response(180), 'completed', ''],
    ['completed', false, response(200), 'completed', ''],
    ['completed', false, response(486), 'completed', 'send-ack'],
    ['completed', false, timer('D'), 'terminated', ''],
    ['completed', false, broken, 'terminated', '-D'],
    ['accepted', false, response(180), 'accepted', ''],
    ['accepted', false, response(200), 'accepted', 'deliver'],
    ['accepted', false, response(486), 'accepted', ''],
    ['accepted', false, timer('M'), 'terminated', ''],
    ['accepted', false, broken, 'accepted', ''],
    ['terminated', false, response(200), 'terminated', ''],
    ['terminated', false, broken, 'terminated', ''],
  ];
  it.each(rows)(
    'RFC 3261 §17.1.1.2, RFC 6026 §7.2: %s (reliable %s) + %o → %s: %s',
    (phase, reliable, input, next, effects) => {
      const step = nextInviteClient({ ...inviteClientStart(reliable), phase }, input);
      expect([step.state.phase, written(step.effects)]).toEqual([next, effects]);
    },
  );
});

describe('non-INVITE client, RFC 3261 figure 6', () => {
  const rows: [NonInviteClientState['phase'], boolean, number, NonInviteClientInput, string, string][] = [
    ['initial', false, 500, begin, 'trying', 'send, +E 500, +F 32000'],
    ['initial', true, 500, begin, 'trying', 'send, +F 32000'],
    ['trying', false, 500, begin, 'trying', ''],
    ['trying', false, 500, timer('E'), 'trying', 'send, +E 1000'],
    ['trying', false, 4000, timer('E'), 'trying', 'send, +E 4000'],
    ['trying', false, 500, timer('F'), 'terminated', '-E, timed-out'],
    ['trying', false, 500, response(100), 'proceeding', 'deliver'],
    ['trying', false, 500, response(200), 'completed', '-E, -F, deliver, +K 5000'],
    ['trying', true, 500, response(404), 'terminated', '-E, -F, deliver'],
    ['trying', false, 500, broken, 'terminated', '-E, -F, failed'],
    ['proceeding', false, 500, timer('E'), 'proceeding', 'send, +E 4000'],
    ['proceeding', false, 500, timer('F'), 'terminated', '-E, timed-out'],
    ['proceeding', false, 500, response(180), 'proceeding', 'deliver'],
    ['proceeding', false, 500, response(500), 'completed', '-E, -F, deliver, +K 5000'],
    ['proceeding', false, 500, broken, 'terminated', '-E, -F, failed'],
    ['completed', false, 500, response(200), 'completed', ''],
    ['completed', false, 500, timer('K'), 'terminated', ''],
    ['completed', false, 500, timer('E'), 'completed', ''],
    ['completed', false, 500, broken, 'completed', ''],
    ['terminated', false, 500, response(200), 'terminated', ''],
  ];
  it.each(rows)(
    'RFC 3261 §17.1.2.2: %s (reliable %s, interval %s) + %o → %s: %s',
    (phase, reliable, interval, input, next, effects) => {
      const step = nextNonInviteClient({ ...nonInviteClientStart(reliable), phase, interval }, input);
      expect([step.state.phase, written(step.effects)]).toEqual([next, effects]);
    },
  );
});

describe('INVITE server, RFC 3261 figure 7, RFC 6026 figure 7.1', () => {
  const rows: [InviteServerState['phase'], boolean, InviteServerInput, InviteServerState['phase'], string][] = [
    ['proceeding', false, request, 'proceeding', ''],
    ['proceeding', false, respond(180), 'proceeding', 'send'],
    ['proceeding', false, respond(200), 'accepted', 'send, +L 32000'],
    ['proceeding', false, respond(486), 'completed', 'send, +G 500, +H 32000'],
    ['proceeding', true, respond(486), 'completed', 'send, +H 32000'],
    ['proceeding', false, ack, 'proceeding', ''],
    ['proceeding', false, broken, 'proceeding', 'failed'],
    ['completed', false, request, 'completed', 'send'],
    ['completed', false, respond(200), 'completed', ''],
    ['completed', false, timer('G'), 'completed', 'send, +G 1000'],
    ['completed', false, timer('H'), 'terminated', '-G, timed-out'],
    ['completed', false, ack, 'confirmed', '-G, -H, +I 5000'],
    ['completed', true, ack, 'terminated', '-G, -H'],
    ['completed', false, broken, 'completed', 'failed'],
    ['confirmed', false, request, 'confirmed', ''],
    ['confirmed', false, ack, 'confirmed', ''],
    ['confirmed', false, timer('G'), 'confirmed', ''],
    ['confirmed', false, timer('I'), 'terminated', ''],
    ['accepted', false, request, 'accepted', ''],
    ['accepted', false, ack, 'accepted', 'deliver'],
    ['accepted', false, respond(200), 'accepted', 'send'],
    ['accepted', false, respond(486), 'accepted', ''],
    ['accepted', false, timer('L'), 'terminated', ''],
    ['accepted', false, broken, 'accepted', 'failed'],
    ['terminated', false, request, 'terminated', ''],
    ['terminated', false, broken, 'terminated', ''],
  ];
  it.each(rows)(
    'RFC 3261 §17.2.1, RFC 6026 §7.1: %s (reliable %s) + %o → %s: %s',
    (phase, reliable, input, next, effects) => {
      const step = nextInviteServer({ ...inviteServerStart(reliable), phase }, input);
      expect([step.state.phase, written(step.effects)]).toEqual([next, effects]);
    },
  );

  it('RFC 3261 §17.2.1: repeats its last provisional answer when the INVITE comes again', () => {
    const { state } = nextInviteServer(inviteServerStart(false), respond(180));
    expect(written(nextInviteServer(state, request).effects)).toBe('send');
  });

  it('RFC 3261 §17.2.1: doubles timer G up to T2', () => {
    const step = nextInviteServer({ ...inviteServerStart(false), phase: 'completed', interval: 4_000 }, timer('G'));
    expect(written(step.effects)).toBe('send, +G 4000');
  });
});

describe('non-INVITE server, RFC 3261 figure 8', () => {
  const rows: [NonInviteServerState['phase'], boolean, NonInviteServerInput, NonInviteServerState['phase'], string][] =
    [
      ['trying', false, request, 'trying', ''],
      ['trying', false, respond(100), 'proceeding', 'send'],
      ['trying', false, respond(200), 'completed', 'send, +J 32000'],
      ['trying', true, respond(200), 'terminated', 'send'],
      ['trying', false, broken, 'trying', ''],
      ['proceeding', false, request, 'proceeding', 'send'],
      ['proceeding', false, respond(183), 'proceeding', 'send'],
      ['proceeding', false, respond(404), 'completed', 'send, +J 32000'],
      ['proceeding', false, broken, 'terminated', '-J, failed'],
      ['proceeding', false, timer('J'), 'proceeding', ''],
      ['completed', false, request, 'completed', 'send'],
      ['completed', false, respond(500), 'completed', ''],
      ['completed', false, timer('J'), 'terminated', ''],
      ['completed', false, broken, 'terminated', '-J, failed'],
      ['terminated', false, request, 'terminated', ''],
      ['terminated', false, broken, 'terminated', ''],
    ];
  it.each(rows)('RFC 3261 §17.2.2: %s (reliable %s) + %o → %s: %s', (phase, reliable, input, next, effects) => {
    const step = nextNonInviteServer({ ...nonInviteServerStart(reliable), phase }, input);
    expect([step.state.phase, written(step.effects)]).toEqual([next, effects]);
  });
});
