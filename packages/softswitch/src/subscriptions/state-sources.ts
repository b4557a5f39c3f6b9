import type { LampSource, MessageWaiting } from '@amtsleitung/domain';

/** Where lamps and message counts come from. */
export interface StateSources {
  readonly lamps: LampSource;
  readonly messages: MessageWaiting;
}

/** Before anybody has said whom lamps may show: all of them stay off, and no messages wait. */
export const nobodyKnown: StateSources = {
  lamps: { lampOf: () => undefined, ringingPerson: () => undefined, onChange: () => () => {} },
  messages: { counts: () => ({ fresh: 0, old: 0 }), onChange: () => () => {} },
};
