import { TypedEmitter } from '@amtsleitung/base';
import type {
  AgentDesk,
  BrowserCredentialIssuer,
  CommandResult,
  DomainEvent,
  EventLog,
  HotlineLive,
  MyHotlines,
  ParkResult,
  PhoneCommands,
  PhoneState,
  Presence,
  PresenceBoard,
  Reachability,
  WrapUpOutcome,
} from '@amtsleitung/domain';

const failing = (error: unknown): never => {
  throw error;
};

/** Phones without a network: commands are noted, states are set by the test. */
export class FakePhone implements PhoneCommands {
  readonly states = new Map<string, PhoneState>();
  readonly commands: string[] = [];
  readonly #changes = new TypedEmitter<{ tenantId: string; state: PhoneState }>(failing);

  show(tenantId: string, state: PhoneState): void {
    this.states.set(state.personId, state);
    this.#changes.emit({ tenantId, state });
  }

  dial = (personId: string, to: string): CommandResult => {
    this.commands.push(`dial ${personId} ${to}`);
    return { ok: true, callId: 'new-call' };
  };
  hold = (personId: string, callId: string) => this.#do('hold', personId, callId);
  resume = (personId: string, callId: string) => this.#do('resume', personId, callId);
  transfer = (personId: string, callId: string, to: string) => this.#do(`transfer to ${to}`, personId, callId);
  join = (personId: string, callId: string, consultationCallId: string) =>
    this.#do(`join with ${consultationCallId}`, personId, callId);
  park = (personId: string, callId: string): ParkResult => {
    const result = this.#do('park', personId, callId);
    return result.ok ? { ...result, orbit: '1' } : result;
  };
  fetch = (personId: string, orbit: string) => this.#begin(`fetch ${personId} ${orbit}`);
  pickUp = (personId: string, targetPersonId = 'anybody') => this.#begin(`pick up ${personId} ${targetPersonId}`);
  openDoor = (personId: string, callId: string) => this.#do('open-door', personId, callId);
  hangUp = (personId: string, callId: string) => this.#do('hang-up', personId, callId);
  phoneState = (personId: string): PhoneState => this.states.get(personId) ?? { personId, calls: [] };
  onPhoneState = (listener: (tenantId: string, state: PhoneState) => void) =>
    this.#changes.listen(({ tenantId, state }) => listener(tenantId, state));

  #begin(command: string): CommandResult {
    this.commands.push(command);
    return { ok: true, callId: 'new-call' };
  }

  #do(what: string, personId: string, callId: string): CommandResult {
    const own = this.phoneState(personId).calls.some((call) => call.callId === callId);
    if (!own) return { ok: false, failure: 'no-such-call' };
    this.commands.push(`${what} ${personId} ${callId}`);
    return { ok: true, callId };
  }
}

export class FakeAgentDesk implements AgentDesk {
  readonly members: (hotlineId: string) => readonly string[];
  readonly live = new Map<string, readonly HotlineLive[]>();
  readonly done: string[] = [];
  readonly #mine = new TypedEmitter<{ tenantId: string; personId: string }>(failing);
  readonly #board = new TypedEmitter<string>(failing);

  constructor(members: (hotlineId: string) => readonly string[]) {
    this.members = members;
  }

  showBoard(tenantId: string, live: readonly HotlineLive[]): void {
    this.live.set(tenantId, live);
    this.#board.emit(tenantId);
  }

  changeMine(tenantId: string, personId: string): void {
    this.#mine.emit({ tenantId, personId });
  }

  setLogin = (personId: string, hotlineId: string, loggedIn: boolean): boolean => {
    if (!this.members(hotlineId).includes(personId)) return false;
    this.done.push(`login ${personId} ${hotlineId} ${loggedIn}`);
    return true;
  };
  setPaused = (personId: string, paused: boolean) => void this.done.push(`paused ${personId} ${paused}`);
  finishWrapUp = (personId: string, outcome?: WrapUpOutcome): boolean => {
    this.done.push(`wrap-up ${personId} ${outcome}`);
    return outcome !== 'other';
  };
  myHotlines = (personId: string): MyHotlines => ({
    personId,
    paused: false,
    hotlines: [...this.live.values()]
      .flat()
      .filter(({ hotlineId }) => this.members(hotlineId).includes(personId))
      .map(({ hotlineId, waiting }) => ({ hotlineId, loggedIn: true, waiting: waiting.length })),
  });
  onMyHotlines = (listener: (tenantId: string, personId: string) => void) =>
    this.#mine.listen(({ tenantId, personId }) => listener(tenantId, personId));
  boardOf = (tenantId: string): readonly HotlineLive[] => this.live.get(tenantId) ?? [];
  onBoard = (listener: (tenantId: string) => void) => this.#board.listen(listener);
}

export class FakePresence implements PresenceBoard {
  readonly words = new Map<string, Presence>();
  readonly #changes = new TypedEmitter<{ tenantId: string; personId: string; presence: Presence }>(failing);

  show(tenantId: string, personId: string, presence: Presence): void {
    this.words.set(personId, presence);
    this.#changes.emit({ tenantId, personId, presence });
  }

  presenceOf = (personId: string): Presence => this.words.get(personId) ?? 'free';
  setAway = (personId: string, away: boolean) => void this.words.set(personId, away ? 'away' : 'free');
  isAwayByChoice = (personId: string): boolean => this.words.get(personId) === 'away';
  onChange = (listener: (tenantId: string, personId: string, presence: Presence) => void) =>
    this.#changes.listen(({ tenantId, personId, presence }) => listener(tenantId, personId, presence));
}

export class FakeReachability implements Reachability {
  readonly reachable = new Set<string>();
  readonly registered = new Set<string>();
  isReachable = (personId: string) => this.reachable.has(personId);
  isRegistered = (deviceId: string) => this.registered.has(deviceId);
  onChange = () => () => {};
}

export class FakeCredentials implements BrowserCredentialIssuer {
  readonly issued: string[] = [];
  readonly revoked: string[] = [];
  issue: BrowserCredentialIssuer['issue'] = ({ sessionId, personId }) => {
    this.issued.push(sessionId);
    return { username: `b-${personId}`, password: 'once', realm: 'berg.example', expiresAt: 1 };
  };
  revokeSession = (sessionId: string) => void this.revoked.push(sessionId);
}

export class MemoryEvents implements EventLog {
  readonly published: DomainEvent[] = [];
  readonly #acknowledged = new TypedEmitter<DomainEvent>(failing);
  publish = (event: DomainEvent) => {
    this.published.push(event);
    this.#acknowledged.emit(event);
  };
  onAcknowledged = (listener: (event: DomainEvent) => void) => this.#acknowledged.listen(listener);
  onStored = (listener: (events: readonly DomainEvent[]) => void) =>
    this.#acknowledged.listen((event) => listener([event]));
}
