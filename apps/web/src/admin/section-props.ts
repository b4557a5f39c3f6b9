import type { AdminOverview } from '@amtsleitung/contract';

export interface SectionProps {
  readonly overview: AdminOverview;
}
