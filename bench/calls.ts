import { setTimeout as pause } from 'node:timers/promises';
import { freeUdpPort } from '../e2e/harness/free-port.ts';
import type { House } from '../e2e/harness/house.ts';
import type { Figure } from './figures.ts';
import { quantile } from './figures.ts';
import type { BenchPhone } from './phone-accounts.ts';
import { phoneAccounts, registerRows } from './phone-accounts.ts';
import { cpuMeter } from './process-cpu.ts';
import { SippLoad } from './sipp-load.ts';

const phones = 100;
const answerHost = '127.0.0.1';
/** The demo trunk's address. */
const trunkHost = '127.0.0.2';

/** Between SIPp as provider and us: what may be lost and come again. */
export const messagesOfCall = 7;
/** Until records and traces of the calls are in the database: that work is theirs, too. */
const storingMilliseconds = 3_000;

interface CallLoad {
  readonly scenario: 'trunk-call' | 'trunk-hold';
  readonly calls: number;
  readonly rate: number;
}

/** Calls trunk → desk phone with SIPp at both ends: session descriptions are negotiated, no RTP flows. */
export async function calls(house: House): Promise<readonly Figure[]> {
  const stage = await openStage(house);
  try {
    await stage.run({ scenario: 'trunk-call', calls: 500, rate: 50 });
    const steady = await stage.run({ scenario: 'trunk-call', calls: 1_000, rate: 20 });
    const held = await stage.run({ scenario: 'trunk-hold', calls: 600, rate: 20 });
    const fast = await stage.run({ scenario: 'trunk-call', calls: 4_000, rate: 400 });
    return [
      ...figuresOf(steady, 'call at 20/s'),
      { name: 'INVITE to 180 at 20/s, p50', unit: 'ms', value: quantile(steady.result.responseTimes, 0.5) },
      { name: 'INVITE to 180 at 20/s, p99', unit: 'ms', value: quantile(steady.result.responseTimes, 0.99) },
      ...figuresOf(held, 'call with hold and resume'),
      ...figuresOf(fast, 'call at 400/s'),
      { name: 'calls a second at 400/s asked', unit: '/s', value: fast.result.succeeded / fast.result.seconds },
    ];
  } finally {
    await stage.close();
  }
}

type Measured = Awaited<ReturnType<Awaited<ReturnType<typeof openStage>>['run']>>;

function figuresOf({ result, cpu, calls: count }: Measured, what: string): readonly Figure[] {
  return [
    ...cpu(what),
    { name: `${what}: failed`, unit: 'calls', value: result.failed },
    { name: `${what}: retransmissions`, unit: '%', value: (100 * result.retransmitted) / (messagesOfCall * count) },
  ];
}

/** Registered phones that answer, and a provider that calls them in turn. */
export async function openStage(house: House) {
  const accounts = await phoneAccounts(house, phones);
  const answerPort = await freeUdpPort(answerHost);
  await registerFrom(house, accounts, answerPort);
  const answering = SippLoad.start({
    scenario: 'phone-answers',
    host: answerHost,
    port: answerPort,
    calls: 10_000_000,
    rate: 1,
    atOnce: 10_000,
  });
  const rows = accounts.map(({ number }, place) => [number, String(place % 100).padStart(2, '0')]);
  return {
    run: async ({ scenario, calls: count, rate }: CallLoad) => {
      const cpuOf = cpuMeter(house.address);
      const port = await freeUdpPort(trunkHost);
      const load = { scenario, target: house.sipTarget, host: trunkHost, port, calls: count, rate, rows };
      const result = await SippLoad.start({ ...load, atOnce: 1_500 }).done();
      await pause(storingMilliseconds);
      const cpu = cpuOf('', count);
      return {
        result,
        calls: count,
        cpu: (what: string) => cpu.map((figure) => ({ ...figure, name: figure.name.replace('per ', `per ${what}`) })),
      };
    },
    close: () => answering.stop(),
  };
}

async function registerFrom(house: House, accounts: readonly BenchPhone[], port: number): Promise<void> {
  const load = { scenario: 'register', target: house.sipTarget, host: answerHost, port, rate: 200, atOnce: 20 };
  const { failed } = await SippLoad.start({
    ...load,
    calls: accounts.length,
    domain: accounts[0]!.domain,
    rows: registerRows(accounts),
  }).done();
  if (failed > 0) throw new Error(`${failed} phones could not register`);
}
