import type {
  AdminTrunk,
  DiallingClassView,
  TrunkInput,
  TrunkPresetView,
  TrunkSettingsView,
} from '@amtsleitung/contract';
import { centsOf, euroText } from '../../shared/format/euros.ts';
import { diallingClasses } from '../rights/dialling-classes.ts';

/** A trunk's form: numbers and money as typed, lists and choices as they are. */
export interface TrunkDraft {
  readonly name: string;
  readonly host: string;
  /** Empty: found by the name service. */
  readonly port: string;
  readonly transport: TrunkInput['transport'];
  readonly sourceAddresses: string;
  readonly username: string;
  readonly password: string;
  readonly outgoingCapacity: string;
  readonly registerSeconds: string;
  readonly optionsSeconds: string;
  readonly order: string;
  readonly callsPerMinute: string;
  readonly dailyEuros: string;
  /** Cents a minute by class; empty: 0. */
  readonly cents: Readonly<Record<DiallingClassView, string>>;
  readonly habits: Habits;
}

/** Settings that are chosen, not typed. */
type Habits = Omit<TrunkSettingsView, 'registerSeconds' | 'optionsSeconds' | 'order' | 'guard'>;

/** What the town decides, whatever the provider's habits are. */
const own = { enabled: true, hours: [], carries: [] };
const usualGuard = { callsPerMinute: 60, dailyCents: 20_000, centsPerMinute: {} };

const valuesOf = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, { value }]: [string, { value: unknown }]) => [name, value]),
  ) as {
    [Key in keyof Fields]: Fields[Key] extends { value: infer Value } ? Value : never;
  };

/** The settings a trunk of this provider begins with. */
function settingsOf({ id, settings: { identity, ...flat } }: TrunkPresetView): TrunkSettingsView {
  return { ...own, ...valuesOf(flat), identity: valuesOf(identity), preset: id, order: 100, guard: usualGuard };
}

/** A new trunk of this provider. */
export const draftFromPreset = (preset: TrunkPresetView): TrunkDraft =>
  draftWith(settingsOf(preset), {
    name: preset.name,
    host: preset.host.value,
    port: preset.port.value ?? undefined,
    transport: preset.transport.value,
    sourceAddresses: [],
    username: '',
    outgoingCapacity: 10,
  });

export const draftFromTrunk = (trunk: AdminTrunk): TrunkDraft => draftWith(trunk.settings, trunk);

type Basics = Omit<TrunkInput, 'password' | 'settings' | 'port'> & { readonly port?: number | undefined };

function draftWith(settings: TrunkSettingsView, trunk: Basics): TrunkDraft {
  const { registerSeconds, optionsSeconds, order, guard, ...habits } = settings;
  return {
    name: trunk.name,
    host: trunk.host,
    port: trunk.port === undefined ? '' : String(trunk.port),
    transport: trunk.transport,
    sourceAddresses: trunk.sourceAddresses.join(', '),
    username: trunk.username,
    password: '',
    outgoingCapacity: String(trunk.outgoingCapacity),
    registerSeconds: String(registerSeconds),
    optionsSeconds: String(optionsSeconds),
    order: String(order),
    callsPerMinute: String(guard.callsPerMinute),
    dailyEuros: euroText(guard.dailyCents),
    cents: Object.fromEntries(
      diallingClasses.map((one) => [one, String(guard.centsPerMinute[one] ?? '')]),
    ) as TrunkDraft['cents'],
    habits,
  };
}

const whole = (text: string): number => (/^\s*\d+\s*$/.test(text) ? Number.parseInt(text, 10) : Number.NaN);

/** The form as the contract wants it. */
export function trunkInputOf(draft: TrunkDraft): TrunkInput {
  const { port, password, cents } = draft;
  const priced = diallingClasses.filter((one) => cents[one].trim() !== '');
  return {
    name: draft.name.trim(),
    host: draft.host.trim(),
    ...(port.trim() === '' ? {} : { port: whole(port) }),
    transport: draft.transport,
    sourceAddresses: draft.sourceAddresses.split(/[\s,;]+/).filter((address) => address !== ''),
    username: draft.username.trim(),
    ...(password === '' ? {} : { password }),
    outgoingCapacity: whole(draft.outgoingCapacity),
    settings: {
      ...draft.habits,
      outboundProxy: draft.habits.outboundProxy.trim(),
      authName: draft.habits.authName.trim(),
      registerSeconds: whole(draft.registerSeconds),
      optionsSeconds: whole(draft.optionsSeconds),
      order: whole(draft.order),
      guard: {
        callsPerMinute: whole(draft.callsPerMinute),
        dailyCents: centsOf(draft.dailyEuros),
        centsPerMinute: Object.fromEntries(priced.map((one) => [one, whole(cents[one])])),
      },
    },
  };
}
