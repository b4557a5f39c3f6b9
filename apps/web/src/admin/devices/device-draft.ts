import type { AdminDevice, AdminOverview, DeviceInput, DeviceSettingsView } from '@amtsleitung/contract';
import type { Draft } from '../../shared/forms/use-draft.ts';

type Settings = { readonly [Key in keyof DeviceSettingsView]: DeviceSettingsView[Key] | undefined } & {
  readonly kind: DeviceSettingsView['kind'];
  readonly hotDesk: boolean;
  readonly largeOverTcp: boolean;
};

export interface DeviceDraft {
  readonly personId: string;
  readonly siteId: string;
  readonly label: string;
  readonly settings: Settings;
}

export const deviceDraftOf = (device: AdminDevice | undefined, overview: AdminOverview): DeviceDraft => ({
  personId: device?.personId ?? '',
  siteId: device?.siteId ?? overview.sites.at(0)?.id ?? '',
  label: device?.label ?? '',
  settings: device?.settings ?? { kind: 'desk-phone', largeOverTcp: true, hotDesk: false },
});

export const setDevice = <Key extends keyof Settings>(
  { value, set }: Draft<DeviceDraft>,
  key: Key,
  next: Settings[Key],
): void => set('settings', { ...value.settings, [key]: next });

/** Settings that mean nothing for this kind of device are left out. */
export function deviceInputOf({ settings, label, ...rest }: DeviceDraft): DeviceInput {
  const { kind, digest, doorDigits, allowedNumbers = [], hotDesk, largeOverTcp, srtp } = settings;
  const isPhone = kind === 'desk-phone' || kind === 'softphone';
  return {
    ...rest,
    label: label.trim(),
    settings: {
      kind,
      largeOverTcp,
      hotDesk: isPhone && hotDesk,
      ...(srtp === true ? { srtp } : {}),
      ...(digest === undefined ? {} : { digest }),
      ...(kind === 'door-station' && doorDigits !== undefined ? { doorDigits: doorDigits.trim() } : {}),
      ...(kind === 'alarm-dialler' ? { allowedNumbers: written(allowedNumbers) } : {}),
    },
  };
}

const written = (numbers: readonly string[]): string[] =>
  numbers.map((number) => number.trim()).filter((number) => number !== '');
