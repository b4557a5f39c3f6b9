import type { LegOrigin } from '../calls/call-control.ts';
import type { DeviceKind } from '../directory/device.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { TownDirectory } from '../directory/town-directory.ts';

function kindOf(directory: TownDirectory, origin: LegOrigin): DeviceKind | undefined {
  const deviceId = origin.kind === 'device' ? origin.deviceId : undefined;
  return deviceId === undefined ? undefined : indexOf(directory).device(deviceId)?.settings.kind;
}

/** Hangs outside, where anybody can press its keys or unscrew it: it rings inside and calls for help, no more. */
export const isAtDoor = (directory: TownDirectory, origin: LegOrigin): boolean =>
  kindOf(directory, origin) === 'door-station';

/** At a door or in a lift nobody forwards, picks up or logs in, whatever the box sends. */
export const isUnattended = (directory: TownDirectory, origin: LegOrigin): boolean =>
  isAtDoor(directory, origin) || kindOf(directory, origin) === 'alarm-dialler';
