import { newId, newToken } from '@amtsleitung/base';
import { adminRoutes, type DeviceInput, type DeviceSecret } from '@amtsleitung/contract';
import { headOfPerson, indexOf, parseNumber, plainDevice, type Device, type TownDirectory } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { notFound } from '../http/problem.ts';
import { FieldErrors } from './field-errors.ts';
import { recordChange } from './record-change.ts';

/** 26 letters of 5 bits: 130 bits. */
const passwordLength = 26;
const userLength = 12;
const nobody = { guestPersonId: undefined, guestDay: undefined };

export function registerDeviceRoutes(context: ApiContext): void {
  const { routes, ports } = context;
  const { directoryStore, clock, random } = ports;
  routes.answer(
    adminRoutes.createDevice,
    ({ actor, body }) =>
      recordChange(context, actor, 'device', 'created', async (directory) => {
        checkDevice(body, directory);
        const sipUser = newToken(random, userLength);
        return saveWithNewPassword(
          context,
          { settings: plainDevice, ...body, id: newId(clock, random), sipUser },
          directory,
        );
      }),
    (secret) => secret,
  );
  routes.answer(
    adminRoutes.renewDevice,
    ({ actor, params }) =>
      recordChange(context, actor, 'device', 'updated', async (directory) =>
        saveWithNewPassword(context, deviceOf(directory, params.id), directory),
      ),
    (secret) => secret,
  );
  routes.act(adminRoutes.updateDevice, async ({ actor, params, body }) => {
    await recordChange(context, actor, 'device', 'updated', async (directory) => {
      const before = deviceOf(directory, params.id);
      checkDevice(body, directory);
      const settings = body.settings ?? before.settings;
      // Where nobody may log in any more, nobody stays logged in.
      const device = { ...before, ...body, settings, ...(settings.hotDesk ? {} : nobody) };
      await directoryStore.saveDevice(device);
      return device;
    });
  });
  routes.act(adminRoutes.logOutGuest, async ({ actor, params }) => {
    await recordChange(context, actor, 'device', 'updated', async (directory) => {
      const device = { ...deviceOf(directory, params.id), ...nobody };
      if (!ports.hotDesk.logOut(device.id)) await directoryStore.saveDevice(device);
      return device;
    });
  });
  routes.act(adminRoutes.deleteDevice, async ({ actor, params }) => {
    await recordChange(context, actor, 'device', 'deleted', async (directory) => {
      const device = deviceOf(directory, params.id);
      await directoryStore.deleteDevice(device.tenantId, device.id);
      return device;
    });
  });
}

/** The password leaves the house in this one answer; what stays are its digests. */
async function saveWithNewPassword(
  { ports }: ApiContext,
  device: Omit<Device, 'ha1' | 'tenantId'>,
  { tenant }: TownDirectory,
): Promise<DeviceSecret> {
  const { directoryStore, deviceSecrets, random, sip } = ports;
  const password = newToken(random, passwordLength);
  const ha1 = deviceSecrets.hash(device.sipUser, tenant.sipDomain, password);
  await directoryStore.saveDevice({ ...device, tenantId: tenant.id, ha1 });
  const { id, sipUser } = device;
  return { id, sipUser, password, sipDomain: tenant.sipDomain, server: sip.server, port: sip.port };
}

function checkDevice({ personId, siteId, settings }: DeviceInput, directory: TownDirectory): void {
  const errors = new FieldErrors();
  errors.when(!indexOf(directory).person(personId), 'personId', 'unknown');
  errors.when(!indexOf(directory).site(siteId), 'siteId', 'unknown');
  const isDoor = settings?.kind === 'door-station';
  const head = headOfPerson(directory, personId);
  const isNumber = (written: string) => parseNumber(written, head).kind !== 'invalid';
  errors.when(!(settings?.allowedNumbers ?? []).every(isNumber), 'settings.allowedNumbers', 'invalid');
  errors.when(isDoor && settings.doorDigits === undefined, 'settings.doorDigits', 'required');
  errors.throwIfAny();
}

function deviceOf(directory: TownDirectory, deviceId: string): Device {
  const device = indexOf(directory).device(deviceId);
  if (!device) throw notFound();
  return device;
}
