import { newId } from '@amtsleitung/base';
import { adminRoutes, type DepartmentInput, type HeadNumberInput, type SiteInput } from '@amtsleitung/contract';
import { indexOf, type TownDirectory } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { notFound } from '../http/problem.ts';
import { FieldErrors } from './field-errors.ts';
import { recordChange } from './record-change.ts';

/** Head numbers, sites and departments: what people, devices and numbers hang under. */
export function registerOrganisationRoutes(context: ApiContext): void {
  registerHeadNumbers(context);
  registerSites(context);
  registerDepartments(context);
}

function registerHeadNumbers(context: ApiContext): void {
  const { routes, ports } = context;
  const save = async (id: string, input: HeadNumberInput, directory: TownDirectory) => {
    const errors = new FieldErrors();
    // A trunk call finds its house by the number: no two heads anywhere on this server may be the same.
    const taken = ports.directory
      .all()
      .flatMap(({ headNumbers }) => headNumbers)
      .some((head) => head.e164 === input.e164 && head.id !== id);
    errors.when(taken, 'e164', 'taken');
    errors.when(input.e164.length < '+49'.length + input.areaCodeLength + 1, 'areaCodeLength', 'too-big');
    errors.when(!indexOf(directory).trunk(input.trunkId), 'trunkId', 'unknown');
    errors.throwIfAny();
    await ports.directoryStore.saveHeadNumber({ ...input, id, tenantId: directory.tenant.id });
    return { id };
  };
  routes.answer(
    adminRoutes.createHeadNumber,
    ({ actor, body }) =>
      recordChange(context, actor, 'head-number', 'created', (directory) => save(freshId(context), body, directory)),
    ({ id }) => ({ id }),
  );
  routes.act(adminRoutes.updateHeadNumber, async ({ actor, params, body }) => {
    await recordChange(context, actor, 'head-number', 'updated', async (directory) => {
      if (!indexOf(directory).headNumber(params.id)) throw notFound();
      return save(params.id, body, directory);
    });
  });
}

function registerSites(context: ApiContext): void {
  const { routes, ports } = context;
  const save = async (id: string, municipalityId: string, input: SiteInput, directory: TownDirectory) => {
    const errors = new FieldErrors();
    const { emergencyNumber, emergencyTrunkId } = input;
    errors.when(emergencyTrunkId !== '' && !indexOf(directory).trunk(emergencyTrunkId), 'emergencyTrunkId', 'unknown');
    errors.when(emergencyNumber === '' && emergencyTrunkId !== '', 'emergencyNumber', 'required');
    errors.when(emergencyTrunkId === '' && emergencyNumber !== '', 'emergencyTrunkId', 'required');
    errors.throwIfAny();
    await ports.directoryStore.saveSite({ ...input, id, municipalityId, tenantId: directory.tenant.id });
    return { id };
  };
  routes.answer(
    adminRoutes.createSite,
    ({ actor, body }) =>
      recordChange(context, actor, 'site', 'created', async (directory) => {
        const municipality = directory.municipalities[0];
        if (!municipality) throw notFound();
        return save(freshId(context), municipality.id, body, directory);
      }),
    ({ id }) => ({ id }),
  );
  routes.act(adminRoutes.updateSite, async ({ actor, params, body }) => {
    await recordChange(context, actor, 'site', 'updated', async (directory) => {
      const before = indexOf(directory).site(params.id);
      if (!before) throw notFound();
      return save(params.id, before.municipalityId, body, directory);
    });
  });
}

function registerDepartments(context: ApiContext): void {
  const { routes, ports } = context;
  const save = async (id: string, input: DepartmentInput, directory: TownDirectory) => {
    const errors = new FieldErrors();
    errors.when(!indexOf(directory).site(input.siteId), 'siteId', 'unknown');
    errors.throwIfAny();
    await ports.directoryStore.saveDepartment({ ...input, id, tenantId: directory.tenant.id });
    return { id };
  };
  routes.answer(
    adminRoutes.createDepartment,
    ({ actor, body }) =>
      recordChange(context, actor, 'department', 'created', (directory) => save(freshId(context), body, directory)),
    ({ id }) => ({ id }),
  );
  routes.act(adminRoutes.updateDepartment, async ({ actor, params, body }) => {
    await recordChange(context, actor, 'department', 'updated', async (directory) => {
      if (!directory.departments.some(({ id }) => id === params.id)) throw notFound();
      return save(params.id, body, directory);
    });
  });
}

const freshId = ({ ports }: ApiContext): string => newId(ports.clock, ports.random);
