import type { LegOrigin } from '../calls/call-control.ts';
import type { DeviceSettings } from '../directory/device.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { HeadNumber } from '../numbering/head-number.ts';
import { parseNumber } from '../numbering/parse-number.ts';

function settingsOf(directory: TownDirectory, origin: LegOrigin): DeviceSettings | undefined {
  const deviceId = origin.kind === 'device' ? origin.deviceId : undefined;
  return deviceId === undefined ? undefined : indexOf(directory).device(deviceId)?.settings;
}

/** At a door or in a lift nobody forwards, picks up or logs in, whatever the box sends. */
export function isUnattended(directory: TownDirectory, origin: LegOrigin): boolean {
  const kind = settingsOf(directory, origin)?.kind;
  return kind === 'door-station' || kind === 'alarm-dialler';
}

/**
 * Whether the box may call this outside number. A door station hangs where anybody can press its keys or unscrew it: it
 * rings inside and calls for help, no more. An alarm dialler calls what it is set up for besides, everything else anything.
 */
export function mayCallOutside(
  directory: TownDirectory,
  origin: LegOrigin,
  number: string,
  head: HeadNumber | undefined,
): boolean {
  const settings = settingsOf(directory, origin);
  if (settings?.kind === 'door-station') return false;
  if (settings?.kind !== 'alarm-dialler') return true;
  return (settings.allowedNumbers ?? []).some((allowed) => {
    const parsed = parseNumber(allowed, head);
    return parsed.kind !== 'invalid' && (parsed.kind === 'e164' ? parsed.e164 : parsed.digits) === number;
  });
}
