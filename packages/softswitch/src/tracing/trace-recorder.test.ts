import { silentLogger } from '@amtsleitung/base';
import { VirtualClock } from '@amtsleitung/base/testing';
import { sipRequest } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { TestDirectory } from '../testing/test-town.ts';
import { TraceRecorder } from './trace-recorder.ts';

const invite = (callId: string, bytes: number) =>
  sipRequest(
    'INVITE',
    'sip:120@town.example',
    [
      { name: 'Call-ID', value: callId },
      { name: 'To', value: '<sip:120@town.example>' },
    ],
    new Uint8Array(bytes),
  );

function recorder(): TraceRecorder {
  const clock = new VirtualClock();
  const store = { save: async () => {}, ofCall: async () => [], recent: async () => [] };
  return new TraceRecorder({
    ...{ clock, timers: clock, logger: silentLogger, store },
    directory: new TestDirectory(),
  });
}

describe('what strangers send', () => {
  it('fills no memory, however long, however often and under however many names', () => {
    const traces = recorder();
    for (let name = 0; name < 600; name++) {
      for (let times = 0; times < 120; times++) traces.heard('received', invite(`${name}`, 60_000), 'udp');
    }
    expect(traces.size).toBe(0);
    for (let times = 0; times < 120; times++) traces.heard('received', invite('again', 1_000), 'udp');
    expect(traces.size).toBeLessThan(16);
  });

  it('leaves room for the messages of calls', () => {
    const traces = recorder();
    for (let name = 0; name < 2_000; name++) traces.heard('received', invite(`${name}`, 15_000), 'udp');
    const before = traces.size;
    traces.heard('received', invite('call', 2_000), 'udp');
    traces.began({ leg: 'leg', tenantId: 'town', callId: 'leg' }, 'call', { deviceId: 'mira-desk' });
    traces.heard('received', invite('call', 60_000), 'udp');
    // The oldest stranger made room for the call.
    expect(traces.size).toBe(before - 1 + 2);
  });
});
