import type { RandomSource } from '@amtsleitung/base';
import type { SrvRecord } from './dns-client.ts';

/** The order of trial: by priority, within one by chance and weight (RFC 2782, "Weight"). */
export function inOrderOfTrial(records: readonly SrvRecord[], random: RandomSource): readonly SrvRecord[] {
  const priorities = [...new Set(records.map((record) => record.priority))].sort((left, right) => left - right);
  return priorities.flatMap((priority) =>
    byWeight(
      records.filter((record) => record.priority === priority),
      random,
    ),
  );
}

function byWeight(records: readonly SrvRecord[], random: RandomSource): readonly SrvRecord[] {
  // Those of weight 0 first, so that they have their small chance.
  const left = [...records].sort((one, other) => Math.sign(one.weight) - Math.sign(other.weight));
  const ordered: SrvRecord[] = [];
  while (left.length > 0) {
    const sum = left.reduce((total, record) => total + record.weight, 0);
    const drawn = random.integer(sum + 1);
    let running = 0;
    const chosen = left.findIndex((record) => (running += record.weight) >= drawn);
    ordered.push(...left.splice(chosen, 1));
  }
  return ordered;
}
