import type { GeneratedAlways } from 'kysely';
import type {
  CallDirection,
  CallOutcome,
  DeviceSettings,
  DiallingClass,
  DomainFacts,
  EventKind,
  Language,
  PersonPhone,
  Registration,
  Role,
  TownSettings,
  TrunkSettings,
} from '@amtsleitung/domain';

/** The tables as queries see them: camel case here, snake case in SQL. Times are milliseconds since 1970 UTC. */
export interface Schema {
  tenant: {
    id: string;
    name: string;
    sipDomain: string;
    language: Language;
    timeZone: string;
    settings: Partial<TownSettings>;
  };
  municipality: { id: string; tenantId: string; name: string };
  site: {
    id: string;
    tenantId: string;
    municipalityId: string;
    name: string;
    address: string;
    emergencyNumber: string;
    emergencyTrunkId: string | null;
  };
  department: {
    id: string;
    tenantId: string;
    siteId: string;
    name: string;
    diallingClasses: DiallingClass[] | null;
  };
  person: PersonTable;
  credential: { personId: string; tenantId: string; passwordHash: string };
  device: DeviceTable;
  trunk: TrunkTable;
  headNumber: { id: string; tenantId: string; e164: string; areaCodeLength: number; trunkId: string };
  numberAssignment: {
    id: string;
    tenantId: string;
    headNumberId: string;
    extension: string;
    personId: string | null;
    hotlineId: string | null;
  };
  hotline: HotlineTable;
  hotlineMember: { tenantId: string; hotlineId: string; personId: string; position: number };
  hotlineInterval: {
    tenantId: string;
    hotlineId: string;
    position: number;
    weekday: number;
    opens: string;
    closes: string;
  };
  hotlineClosure: { tenantId: string; hotlineId: string; position: number; date: string; reason: string };
  agentLogin: { tenantId: string; personId: string; hotlineId: string; loggedIn: boolean };
  agentPause: { tenantId: string; personId: string };
  session: SessionTable;
  setupToken: { tokenHash: string; expiresAt: number };
  registration: RegistrationTable;
  party: PartyTable;
  event: EventTable;
  callRecord: CallRecordTable;
  callStep: CallStepTable;
  callParticipant: { tenantId: string; callId: string; personId: string; arrivedAt: number };
  voiceMessage: VoiceMessageTable;
  sipTrace: { tenantId: string; callId: string; leg: string; beganAt: number; messages: unknown };
  dataClass: DataClassTable;
  kyselyMigration: { name: string; timestamp: string };
}

interface PersonTable {
  id: string;
  tenantId: string;
  departmentId: string;
  siteId: string;
  firstName: string;
  lastName: string;
  duties: string;
  extension: string | null;
  login: string | null;
  roles: Role[];
  language: Language;
  away: boolean;
  phone: Partial<PersonPhone>;
}

interface DeviceTable {
  id: string;
  tenantId: string;
  personId: string;
  siteId: string;
  label: string;
  sipUser: string;
  ha1Md5: string;
  ha1Sha256: string;
  settings: Partial<DeviceSettings>;
  guestPersonId: string | null;
  guestDay: string | null;
}

interface TrunkTable {
  id: string;
  tenantId: string;
  name: string;
  host: string;
  port: number | null;
  transport: 'udp' | 'tcp' | 'tls';
  sourceAddresses: string[];
  username: string;
  ha1Md5: string | null;
  ha1Sha256: string | null;
  password: string | null;
  outgoingCapacity: number;
  settings: Partial<TrunkSettings>;
}

interface HotlineTable {
  id: string;
  tenantId: string;
  name: string;
  language: Language;
  ringSeconds: number;
  retryPauseSeconds: number;
  wrapUpSeconds: number;
  maxWaitSeconds: number;
  serviceLevelPercent: number;
  serviceLevelSeconds: number;
}

interface SessionTable {
  id: string;
  tokenHash: string;
  tenantId: string;
  personId: string;
  createdAt: number;
  expiresAt: number;
}

interface RegistrationTable {
  deviceId: string;
  tenantId: string;
  personId: string;
  contact: string;
  transport: 'udp' | 'tcp' | 'tls' | 'ws';
  sourceAddress: string;
  sourcePort: number;
  callId: string;
  cseq: number;
  userAgent: string;
  expiresAt: number;
  route: Registration['route'] | null;
}

interface PartyTable {
  id: string;
  tenantId: string;
  number: string | null;
  name: string | null;
  /** Whether we called them (bills refer to it) or they us. */
  outbound: boolean;
  seenAt: number;
  erasedAt: number | null;
}

interface EventTable {
  sequence: GeneratedAlways<number>;
  id: string;
  tenantId: string;
  at: number;
  kind: EventKind;
  version: number;
  facts: DomainFacts;
  callId: GeneratedAlways<string | null>;
  hotlineId: GeneratedAlways<string | null>;
}

interface CallRecordTable {
  tenantId: string;
  callId: string;
  direction: CallDirection;
  arrivedAt: number;
  lastAt: number;
  endedAt: number | null;
  outcome: CallOutcome | null;
  talkMilliseconds: number;
  waitMilliseconds: number;
  hotlineId: string | null;
  partyId: string | null;
  callerPersonId: string | null;
  calleePersonId: string | null;
}

interface CallStepTable {
  tenantId: string;
  callId: string;
  position: number;
  at: number;
  kind: EventKind;
  personId: string | null;
  hotlineId: string | null;
  detail: string | null;
}

interface VoiceMessageTable {
  id: string;
  tenantId: string;
  callId: string;
  boxPersonId: string | null;
  boxHotlineId: string | null;
  partyId: string | null;
  recordedAt: number;
  milliseconds: number;
  file: string;
  doneByPersonId: string | null;
  doneAt: number | null;
}

interface DataClassTable {
  name: string;
  purpose: string;
  /** Null: kept until somebody deletes the record. */
  retentionDays: number | null;
  tables: string[];
}
