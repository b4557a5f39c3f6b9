import type { SignedIn } from '@amtsleitung/contract';
import type { Actor } from './actor.ts';

export function presentSignedIn({ tenant, person, directory }: Actor, demoTenantId: string | undefined): SignedIn {
  return {
    personId: person.id,
    tenantId: tenant.id,
    tenantName: tenant.name,
    firstName: person.firstName,
    lastName: person.lastName,
    departmentName: directory.departments.find(({ id }) => id === person.departmentId)?.name ?? '',
    extension: person.extension,
    roles: [...person.roles],
    language: person.language,
    demo: tenant.id === demoTenantId,
  };
}
