import type { FastifyRequest } from 'fastify';
import {
  indexOf,
  type DirectorySource,
  type Person,
  type Session,
  type Tenant,
  type TownDirectory,
  type Viewer,
} from '@amtsleitung/domain';

/** Who asks: a person of the directory as it is now, and the session that proves it. */
export interface Actor {
  readonly session: Session;
  readonly directory: TownDirectory;
  readonly tenant: Tenant;
  readonly person: Person;
}

/** Undefined once the person is gone or lost the login. */
export function actorOf(session: Session, source: DirectorySource): Actor | undefined {
  const directory = source.byTenant(session.tenantId);
  const person = directory && indexOf(directory).person(session.personId);
  if (!directory || !person?.login) return undefined;
  return { session, directory, tenant: directory.tenant, person };
}

/** The same as the domain's policies ask for it. */
export const viewerOf = ({ tenant, person }: Actor): Viewer => ({
  tenantId: tenant.id,
  personId: person.id,
  roles: person.roles,
});

const actors = new WeakMap<FastifyRequest, Actor>();

export const rememberActor = (request: FastifyRequest, actor: Actor): void => void actors.set(request, actor);
export const rememberedActor = (request: FastifyRequest): Actor | undefined => actors.get(request);
