import type { DomainEvent, DomainFacts } from '@amtsleitung/domain';

/** Text from outside may hold what PostgreSQL has no place for: U+0000 and halves of surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

const headerNames = ['id', 'tenantId', 'at', 'version', 'kind'];

/** An event's own facts, without what every event carries, as JSON. */
export function factsJson(event: DomainEvent): string {
  const facts = Object.fromEntries(Object.entries(event).filter(([name]) => !headerNames.includes(name)));
  return JSON.stringify(facts, (_, value: unknown) => (typeof value === 'string' ? storableText(value) : value));
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
