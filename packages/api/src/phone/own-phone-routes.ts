import { ownPhoneRoutes, type OwnPhoneInput, type OwnPhoneView } from '@amtsleitung/contract';
import { featureCodes, rightsOf, userOf, type Person, type TownDirectory } from '@amtsleitung/domain';
import { FieldErrors } from '../admin/field-errors.ts';
import type { ApiContext } from '../api-context.ts';
import type { Actor } from '../session/actor.ts';

const kinds = ['always', 'busy', 'noAnswer'] as const;

/** How one's own line behaves. In effect with the next call; written behind. */
export function registerOwnPhoneRoutes(context: ApiContext): void {
  const { routes, ports, audit } = context;
  const changed = ({ tenant, person }: Actor): void =>
    audit.changed(tenant.id, person.id, 'person', person.id, 'updated');
  routes.answer(
    ownPhoneRoutes.get,
    ({ actor }) => actor,
    ({ person, directory }) => presentOwnPhone(person, directory),
  );
  routes.act(ownPhoneRoutes.update, ({ actor, body }) => {
    saveOwnPhone(context, actor.person, body);
    changed(actor);
  });
  routes.act(ownPhoneRoutes.setPin, async ({ actor, body }) => {
    const errors = new FieldErrors();
    const flaw = await ports.hotDesk.setPin(actor.person.id, body.pin);
    errors.when(flaw !== undefined, 'pin', `pin-${flaw}`);
    errors.throwIfAny();
    changed(actor);
  });
  routes.answer(
    ownPhoneRoutes.hotDeskCode,
    ({ actor }) => ports.hotDesk.newCode(actor.person.id),
    ({ code, expiresAt }) => ({ code, expiresAt }),
  );
}

/** What fits is kept even where another target does not: each is a setting of its own. Throws 422 with the fields. */
function saveOwnPhone({ ports }: ApiContext, { id, phone }: Person, input: OwnPhoneInput): void {
  const { settings } = ports;
  const errors = new FieldErrors();
  for (const kind of kinds) {
    const to = input.forwarding[kind];
    if (to === phone.forwarding[kind]) continue;
    const flaw = settings.setForwarding(id, kind, to);
    errors.when(flaw !== undefined, `forwarding.${kind}`, `forwarding-${flaw}`);
  }
  settings.setForwardingSeconds(id, input.forwarding.noAnswerSeconds);
  settings.setDoNotDisturb(id, input.doNotDisturb);
  settings.setHideNumber(id, input.hideNumber);
  errors.throwIfAny();
}

function presentOwnPhone(person: Person, directory: TownDirectory): OwnPhoneView {
  const { forwarding, doNotDisturb, hideNumber, pinHash } = person.phone;
  return {
    forwarding: { ...forwarding },
    doNotDisturb,
    hideNumber,
    hasPin: pinHash !== undefined,
    diallingClasses: [...rightsOf(directory, person)],
    codes: featureCodes.map(({ written, de, en }) => ({ written, de, en })),
    guestOf: directory.devices
      .filter((device) => device.guestPersonId !== undefined && userOf(device) === person.id)
      .map(({ label }) => label),
  };
}
