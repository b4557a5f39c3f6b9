import { systemTimers, type Timers } from '@amtsleitung/base';
import type { ServerAddress } from '../sip/test-agent.ts';
import type { TestCall } from '../sip/test-call.ts';
import { samplesSource } from '../tone/audio-source.ts';
import { TestTrunk, demoTrunkHost } from '../trunk/test-trunk.ts';
import { dialledNumber } from './dialled-number.ts';
import { repeated, spokenSentences } from './spoken-sentences.ts';

export interface CallTheHouseOptions {
  readonly server: ServerAddress;
  /** As a citizen would write it: `21-0`, `04999 21-0`, `+49 4999 21-0`. */
  readonly number: string;
  readonly areaCode?: string;
  /** How many citizens call; default 1. */
  readonly count?: number;
  /** Calls per second; default 1. */
  readonly rate?: number;
  /** Seconds until a citizen hangs up; default 120. */
  readonly seconds?: number;
  readonly transport?: 'udp' | 'tcp';
  /** The address the trunk is known by; default 127.0.0.2, the demo town's. */
  readonly localHost?: string;
  readonly timers?: Timers;
  readonly onProgress?: (progress: CitizenProgress) => void;
  /** Everybody hangs up. */
  readonly signal?: AbortSignal;
}

/** What a citizen experiences. `citizen` counts from 1. */
export type CitizenProgress = { readonly citizen: number; readonly from: string } & (
  | { readonly kind: 'dialled'; readonly number: string }
  | { readonly kind: 'ringing' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'refused'; readonly status: number | undefined }
  | { readonly kind: 'ended'; readonly by: 'citizen' | 'house' | 'network'; readonly packetsHeard: number }
);

export interface CallTheHouseResult {
  readonly connected: number;
  readonly refused: number;
}

const pauseMilliseconds = 4000;

/** Citizens call the house over a real SIP trunk, say their sentence again and again, listen and hang up. */
export async function callTheHouse(options: CallTheHouseOptions): Promise<CallTheHouseResult> {
  const { server, count = 1, rate = 1, transport = 'udp', localHost = demoTrunkHost, timers = systemTimers } = options;
  const number = dialledNumber(options.number, options.areaCode);
  const sentences = spokenSentences();
  const trunk = await TestTrunk.open({ server, transport, host: localHost, timers });
  const hangUpAll = () => trunk.calls.forEach((call) => call.hangUp());
  options.signal?.addEventListener('abort', hangUpAll);
  try {
    const outcomes = await rush(count, rate, timers, options.signal, (citizen) => {
      const sentence = sentences[(citizen - 1) % sentences.length]!;
      return liveCall({ ...options, trunk, number, citizen, sentence, timers });
    });
    const connected = outcomes.filter((outcome) => outcome === 'connected').length;
    return { connected, refused: outcomes.length - connected };
  } finally {
    options.signal?.removeEventListener('abort', hangUpAll);
    await trunk.close();
  }
}

/** Starts `count` tasks, `rate` a second, and waits for all. An abort starts no further one. */
export async function rush<Result>(
  count: number,
  rate: number,
  timers: Timers,
  signal: AbortSignal | undefined,
  start: (place: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const running: Promise<Result>[] = [];
  for (let place = 1; place <= count && !signal?.aborted; place++) {
    running.push(start(place));
    if (place < count) await new Promise<void>((resolve) => timers.after(1000 / rate, resolve));
  }
  return Promise.all(running);
}

interface LiveCall extends CallTheHouseOptions {
  readonly trunk: TestTrunk;
  readonly citizen: number;
  readonly sentence: Int16Array;
  readonly timers: Timers;
}

/** Numbers set aside for film and television, so that nobody real is ever shown. */
const filmNumber = (citizen: number): string => `+4917139200${String(citizen % 100).padStart(2, '0')}`;

async function liveCall(live: LiveCall): Promise<'connected' | 'refused'> {
  const { citizen, number, trunk, seconds = 120, timers } = live;
  const from = filmNumber(citizen);
  const tell = (what: ProgressKind) => live.onProgress?.({ citizen, from, ...what } as CitizenProgress);
  const says = samplesSource(repeated(live.sentence, pauseMilliseconds), true);
  const call = await trunk.call(number, { from, says });
  tell({ kind: 'dialled', number });
  const patience = timers.after(seconds * 1000, () => call.hangUp());
  const forever = 2 ** 31 - 1;
  void call.untilRinging(forever).then(() => tell({ kind: 'ringing' }));
  void call.untilAnswered(forever).then(() => tell({ kind: 'connected' }));
  const end = await call.untilEnded(forever);
  patience.cancel();
  if (!call.isAnswered) tell({ kind: 'refused', status: end.status });
  else tell({ kind: 'ended', by: endedBy(call), packetsHeard: call.rtp.packetsReceived });
  return call.isAnswered ? 'connected' : 'refused';
}

type ProgressKind = CitizenProgress extends infer Progress
  ? Progress extends CitizenProgress
    ? Omit<Progress, 'citizen' | 'from'>
    : never
  : never;

const endedBy = (call: TestCall): 'citizen' | 'house' | 'network' =>
  call.end?.by === 'local' ? 'citizen' : call.end?.by === 'remote' ? 'house' : 'network';
