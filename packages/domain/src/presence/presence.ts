/** What everybody sees of everybody: exactly these words, nothing finer (R20, R21). */
export type Presence = 'free' | 'on-phone' | 'do-not-disturb' | 'away';

/** Live presence of a tenant's people. */
export interface PresenceBoard {
  presenceOf(personId: string): Presence;
  /** The person's own choice; `away` carries no reason and no end. */
  setAway(personId: string, away: boolean): void;
  /** That choice as it is now. */
  isAwayByChoice(personId: string): boolean;
  onChange(listener: (tenantId: string, personId: string, presence: Presence) => void): () => void;
}
