import type {
  BoardView,
  LiveMessage,
  MyHotlinesView,
  PhoneCallView,
  PhoneStateView,
  PresenceView,
  TrunkStateView,
} from '@amtsleitung/contract';

/** Everything the server pushes, as it stands. Undefined: not heard yet. */
export interface LiveState {
  readonly phone: PhoneStateView | undefined;
  readonly hotlines: MyHotlinesView | undefined;
  readonly presence: ReadonlyMap<string, PresenceView>;
  readonly board: BoardView | undefined;
  /** Administrators only; empty for everybody else. */
  readonly trunks: ReadonlyMap<string, TrunkStateView>;
  readonly openMessages: number;
  /** Counts the pushes that the list of calls or messages has changed. */
  readonly callsVersion: number;
  readonly messagesVersion: number;
  readonly alertsVersion: number;
  /** The call that ended last, for the wrap-up card; the server names it by its id only. */
  readonly lastCall: PhoneCallView | undefined;
}

export const silentState: LiveState = {
  phone: undefined,
  hotlines: undefined,
  presence: new Map(),
  board: undefined,
  trunks: new Map(),
  openMessages: 0,
  callsVersion: 0,
  messagesVersion: 0,
  alertsVersion: 0,
  lastCall: undefined,
};

const endedOf = (before: PhoneStateView | undefined, after: PhoneStateView): PhoneCallView | undefined =>
  before?.calls.find((call) => !after.calls.some((other) => other.callId === call.callId));

/** The state after one pushed message. */
export function afterMessage(state: LiveState, message: LiveMessage): LiveState {
  switch (message.topic) {
    case 'phone':
      return { ...state, phone: message.payload, lastCall: endedOf(state.phone, message.payload) ?? state.lastCall };
    case 'hotlines':
      return { ...state, hotlines: message.payload };
    case 'presence': {
      const presence = new Map(state.presence);
      for (const one of message.payload) presence.set(one.personId, one.presence);
      return { ...state, presence };
    }
    case 'board':
      return { ...state, board: message.payload };
    case 'calls':
      return { ...state, callsVersion: state.callsVersion + 1 };
    case 'messages':
      return { ...state, openMessages: message.payload.open, messagesVersion: state.messagesVersion + 1 };
    case 'trunks':
      return { ...state, trunks: new Map(message.payload.map((trunk) => [trunk.trunkId, trunk])) };
    case 'alerts':
      return { ...state, alertsVersion: state.alertsVersion + 1 };
    case 'clock':
      return state;
  }
}
