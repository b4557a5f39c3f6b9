import type { DomainEvent } from './event.ts';

/** What an administrator should hear of: limits that were reached, PINs that somebody tried to guess. */
export type AlertEvent = Extract<DomainEvent, { kind: 'limit-reached' | 'pin-locked' }>;

export const isAlert = (event: DomainEvent): event is AlertEvent =>
  event.kind === 'limit-reached' || event.kind === 'pin-locked';

/** Port: alerts that are stored, newest first. */
export interface AlertHistory {
  recentAlerts(
    tenantId: string,
    page: { readonly since: number; readonly limit: number },
  ): Promise<readonly AlertEvent[]>;
}
