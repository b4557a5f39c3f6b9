import type { DomainEvent, DomainFacts } from '@amtsleitung/domain';

/** Text from outside may hold what PostgreSQL has no place for: U+0000 and halves of surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

const headerNames = ['id', 'tenantId', 'at', 'version', 'kind'];

/** An event's own facts, without what every event carries; only text that can be stored. */
export function storableFacts(event: DomainEvent): object {
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(event)) if (!headerNames.includes(name)) facts[name] = storable(value);
  return facts;
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, storable(part)]));
}

export interface StoredEvent {
  readonly id: string;
  readonly tenantId: string;
  readonly at: number;
  readonly version: number;
  readonly kind: string;
  readonly facts: object;
}

/** The event as it was published. */
export function toEvent({ id, tenantId, at, version, kind, facts }: StoredEvent): DomainEvent {
  return { id, tenantId, at, version: version as 1, ...({ kind, ...facts } as DomainFacts) };
}
