import { VirtualClock } from '@amtsleitung/base/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Location } from './location.ts';
import { LocationTable } from './location-table.ts';

const fail = (error: unknown): never => {
  throw error;
};

function table() {
  const clock = new VirtualClock();
  const locations = new LocationTable({ clock, timers: clock, onError: fail });
  const changes: string[] = [];
  const removals: string[] = [];
  locations.onChange((person, reachable) => changes.push(`${person} ${reachable ? 'reachable' : 'gone'}`));
  locations.onRemoved((location, reason) => removals.push(`${location.contact} ${reason}`));
  const at = (contact: string, parts: Partial<Location> = {}): Location => ({
    deviceId: 'desk',
    tenantId: 't',
    personId: 'mira',
    contact,
    transport: 'udp',
    sourceAddress: '127.0.0.1',
    sourcePort: 5070,
    callId: 'c',
    cseq: 1,
    userAgent: '',
    expiresAt: clock.now() + 60_000,
    ...parts,
  });
  return { clock, locations, changes, removals, at };
}

describe('the location table', () => {
  it('says when a person gains the first and loses the last contact', () => {
    const { locations, changes, at } = table();
    locations.put(at('sip:a@127.0.0.1'));
    locations.put(at('sip:b@127.0.0.1', { deviceId: 'soft' }));
    locations.remove('desk', 'sip:a@127.0.0.1', 'unregistered');
    locations.remove('soft', 'sip:b@127.0.0.1', 'unregistered');
    expect(changes).toEqual(['mira reachable', 'mira gone']);
  });

  it('forgets a contact that is not refreshed, and keeps one that is', () => {
    const { clock, locations, removals, at } = table();
    locations.put(at('sip:a@127.0.0.1'));
    clock.advance(59_000);
    locations.put(at('sip:a@127.0.0.1', { cseq: 2, expiresAt: clock.now() + 60_000 }));
    clock.advance(59_000);
    expect(locations.isReachable('mira')).toBe(true);
    clock.advance(1_000);
    expect(locations.isReachable('mira')).toBe(false);
    expect(removals).toEqual(['sip:a@127.0.0.1 expired']);
  });

  it('lets a step of the wall clock neither kill nor immortalise a contact', () => {
    const { clock, locations, at } = table();
    locations.put(at('sip:a@127.0.0.1'));
    clock.jumpWall(3_600_000);
    clock.advance(30_000);
    expect(locations.isReachable('mira')).toBe(true);
    clock.jumpWall(-7_200_000);
    clock.advance(30_000);
    expect(locations.isReachable('mira')).toBe(false);
  });

  it('RFC 5626 §7: drops what a closed connection carried, and nothing else', () => {
    const { locations, removals, at } = table();
    locations.put(at('sip:a@x.invalid', { transport: 'ws', flowId: 'ws-1' }));
    locations.put(at('sip:b@x.invalid', { transport: 'ws', flowId: 'ws-2' }));
    locations.removeFlow('ws-1');
    expect(removals).toEqual(['sip:a@x.invalid flow-closed']);
    expect(locations.ofPerson('mira').map((one) => one.contact)).toEqual(['sip:b@x.invalid']);
  });

  it('pushes out the contact that ends first when a device has five', () => {
    const { clock, locations, at } = table();
    for (let index = 0; index < 6; index++) {
      locations.put(at(`sip:p${index}@127.0.0.1`, { expiresAt: clock.now() + 60_000 + index }));
    }
    expect(locations.ofDevice('desk').map((one) => one.contact)).toEqual(
      [1, 2, 3, 4, 5].map((index) => `sip:p${index}@127.0.0.1`),
    );
  });

  it('keeps its indexes in step whatever happens', () => {
    const step = fc.record({
      what: fc.constantFrom('put', 'remove', 'flow', 'device', 'time'),
      device: fc.integer({ min: 0, max: 2 }),
      contact: fc.integer({ min: 0, max: 6 }),
      flow: fc.integer({ min: 0, max: 3 }),
      seconds: fc.integer({ min: 1, max: 90 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { clock, locations, at } = table();
        const reachable = new Set<string>();
        locations.onChange((person, is) => (is ? reachable.add(person) : reachable.delete(person)));
        for (const { what, device, contact, flow, seconds } of steps) {
          const deviceId = `d${device}`;
          const uri = `sip:c${contact}@127.0.0.1`;
          if (what === 'put') {
            const expiresAt = clock.now() + seconds * 1000;
            locations.put(at(uri, { deviceId, personId: `p${device % 2}`, flowId: `f${flow}`, expiresAt }));
          } else if (what === 'remove') locations.remove(deviceId, uri, 'unregistered');
          else if (what === 'flow') locations.removeFlow(`f${flow}`);
          else if (what === 'device') locations.removeDevice(deviceId, 'account-removed');
          else clock.advance(seconds * 1000);
          const all = locations.all();
          expect(clock.pendingTimers).toBe(all.length);
          expect(new Set(all.map((one) => one.personId))).toEqual(reachable);
          for (const one of all)
            expect(locations.ofSource({ transport: 'udp', address: '', port: 0, flowId: one.flowId! })).toContain(one);
          expect(all.every((one) => locations.ofDevice(one.deviceId).length <= 5)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
