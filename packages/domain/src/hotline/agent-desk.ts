import type { WrapUpOutcome } from '../events/hotline-events.ts';

/** What a person does about their hotlines. Implemented by the hotline service. */
export interface AgentDesk {
  /** False when the person is not a member. */
  setLogin(personId: string, hotlineId: string, loggedIn: boolean): boolean;
  setPaused(personId: string, paused: boolean): void;
  finishWrapUp(personId: string, outcome?: WrapUpOutcome): boolean;
  myHotlines(personId: string): MyHotlines;
  onMyHotlines(listener: (tenantId: string, personId: string) => void): () => void;
  /** Everything the board shows live; figures of the day come from the store. */
  boardOf(tenantId: string): readonly HotlineLive[];
  onBoard(listener: (tenantId: string) => void): () => void;
}

export interface MyHotlines {
  readonly personId: string;
  readonly paused: boolean;
  readonly hotlines: readonly {
    readonly hotlineId: string;
    readonly loggedIn: boolean;
    readonly waiting: number;
    /** Wall time when the longest waiting call entered; undefined: nobody waits. */
    readonly longestSince?: number;
  }[];
}

/** Live part of one hotline: no names, no numbers. */
export interface HotlineLive {
  readonly hotlineId: string;
  readonly open: boolean;
  /** Oldest first. `since` = wall time of entry. */
  readonly waiting: readonly { readonly callId: string; readonly since: number; readonly ringing: boolean }[];
  readonly agents: { readonly ready: number; readonly onCall: number; readonly notReady: number };
}
