import { hashHex } from '@amtsleitung/base';
import type { RandomSource } from '@amtsleitung/base';
import type { Replaces } from '@amtsleitung/sip';
import type { RingingDialogs } from '../b2bua/takeover.ts';
import type { Account } from '../registrar/account.ts';

export interface Watched {
  readonly account: Account;
  /** Whose phones ring, as long as the account may pick that up. */
  readonly ringingPerson: () => string | undefined;
}

/**
 * Names of ringing calls as lamps tell them. They are made up, one per phone and ringing, so that they tell nothing of
 * the call; and they lead to it only as long as the phone may pick it up.
 */
export class RingingNames implements RingingDialogs {
  readonly #key: string;
  readonly #told = new Map<string, { readonly name: Replaces; readonly watched: Watched }>();
  #count = 0;

  constructor(random: RandomSource) {
    this.#key = Buffer.from(random.bytes(32)).toString('hex');
  }

  /** How many are told now; each belongs to a live subscription. */
  get size(): number {
    return this.#told.size;
  }

  add(watched: Watched): Replaces {
    const count = ++this.#count;
    const [callId, toTag, fromTag] = ['call', 'local', 'remote'].map((part) =>
      hashHex('sha256', `${this.#key} ${count} ${part}`).slice(0, 24),
    ) as [string, string, string];
    const name = { callId, toTag, fromTag, earlyOnly: false };
    this.#told.set(callId, { name, watched });
    return name;
  }

  remove(name: Replaces): void {
    this.#told.delete(name.callId);
  }

  /** Whether this is a name of ours, whoever may use it. */
  knows({ callId }: Replaces): boolean {
    return this.#told.has(callId);
  }

  personOf(asked: Replaces, account: Account): string | undefined {
    const told = this.#told.get(asked.callId);
    if (!told || !isSame(told.name, asked)) return undefined;
    const { watched } = told;
    return watched.account.deviceId === account.deviceId ? watched.ringingPerson() : undefined;
  }
}

const isSame = (one: Replaces, other: Replaces): boolean =>
  one.callId === other.callId && one.toTag === other.toTag && one.fromTag === other.fromTag;
