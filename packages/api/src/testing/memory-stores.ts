import type {
  AlertEvent,
  AlertHistory,
  CallRecord,
  CallRecordStore,
  FiguresStore,
  HotlineFigures,
  LegTrace,
  MessageStore,
  PasswordStore,
  Session,
  SessionStore,
  TracedRecord,
  TraceStore,
  VoiceMessage,
} from '@amtsleitung/domain';

export class MemorySessions implements SessionStore {
  readonly rows = new Map<string, Session>();
  insert = async (session: Session) => void this.rows.set(session.id, session);
  findByTokenHash = async (hash: string) => [...this.rows.values()].find(({ tokenHash }) => tokenHash === hash);
  delete = async (id: string) => void this.rows.delete(id);
  deleteOfPerson = async (personId: string) => {
    for (const session of [...this.rows.values()]) if (session.personId === personId) this.rows.delete(session.id);
  };
}

export class MemoryPasswords implements PasswordStore {
  readonly hashes = new Map<string, string>();
  readonly setupTokens = new Map<string, number>();
  readonly #personOf: (tenantId: string, login: string) => string | undefined;

  constructor(personOf: (tenantId: string, login: string) => string | undefined) {
    this.#personOf = personOf;
  }

  find = async (tenantId: string, login: string) => {
    const personId = this.#personOf(tenantId, login);
    const passwordHash = personId && this.hashes.get(personId);
    return personId && passwordHash ? { personId, passwordHash } : undefined;
  };
  set = async (personId: string, hash: string) => void this.hashes.set(personId, hash);
  putSetupToken = async (hash: string, expiresAt: number) => void this.setupTokens.set(hash, expiresAt);
  takeSetupToken = async (hash: string, now: number) => {
    const expiresAt = this.setupTokens.get(hash);
    this.setupTokens.delete(hash);
    return expiresAt !== undefined && expiresAt > now;
  };
}

export class MemoryMessages implements MessageStore {
  readonly rows = new Map<string, VoiceMessage>();
  list: MessageStore['list'] = async (tenantId, boxes, limit) => {
    const keys = new Set(boxes.map((box) => JSON.stringify(box)));
    return [...this.rows.values()]
      .filter((row) => row.tenantId === tenantId && keys.has(JSON.stringify(row.box)))
      .slice(0, limit);
  };
  find: MessageStore['find'] = async (tenantId, id) => {
    const row = this.rows.get(id);
    return row?.tenantId === tenantId ? row : undefined;
  };
  setDone: MessageStore['setDone'] = async (_tenantId, id, done) =>
    void this.rows.set(id, { ...this.rows.get(id)!, doneByPersonId: done?.personId, doneAt: done?.at });
  delete: MessageStore['delete'] = async (_tenantId, id) => void this.rows.delete(id);
}

export class MemoryCalls implements CallRecordStore {
  readonly rows: { readonly personId: string; readonly record: CallRecord }[] = [];
  ofPerson: CallRecordStore['ofPerson'] = async (tenantId, personId, { limit }) =>
    this.rows
      .filter((row) => row.record.tenantId === tenantId && row.personId === personId)
      .map(({ record }) => record)
      .slice(0, limit);
}

export class MemoryTraces implements TraceStore {
  readonly rows: LegTrace[] = [];
  /** By call. */
  readonly records = new Map<string, TracedRecord>();

  save: TraceStore['save'] = async (...traces) => void this.rows.push(...traces);
  ofCall: TraceStore['ofCall'] = async (tenantId, callId) =>
    this.rows.filter((row) => row.tenantId === tenantId && row.callId === callId);
  recent: TraceStore['recent'] = async (tenantId, { before = Infinity, lastDigits, limit }) =>
    this.rows
      .filter((row) => row.tenantId === tenantId && (row.messages[0]?.at ?? 0) < before)
      .filter(({ callId }) => lastDigits === undefined || this.records.get(callId)?.lastDigits === lastDigits)
      .map(({ callId, messages }) => ({
        ...(this.records.has(callId) ? { record: this.records.get(callId)! } : {}),
        callId,
        at: messages[0]?.at ?? 0,
        legs: 1,
        messages: messages.length,
        peers: [...new Set(messages.map(({ peer }) => peer))],
      }))
      .slice(0, limit);
}

export class MemoryAlerts implements AlertHistory {
  readonly rows: AlertEvent[] = [];
  recentAlerts: AlertHistory['recentAlerts'] = async (tenantId, { since, limit }) =>
    this.rows.filter((row) => row.tenantId === tenantId && row.at >= since).slice(0, limit);
}

export class MemoryFigures implements FiguresStore {
  readonly rows = new Map<string, HotlineFigures[]>();
  asked = 0;
  ofHotlines: FiguresStore['ofHotlines'] = async (tenantId) => {
    this.asked++;
    return this.rows.get(tenantId) ?? [];
  };
}
