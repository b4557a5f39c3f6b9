import type { Registration, RegistrationStore } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import { withoutNulls } from '../database/rows.ts';
import type { Schema } from '../database/schema.ts';

/** Registered contacts, so that a phone can be reached after a restart before it registers again. */
export class SqlRegistrationStore implements RegistrationStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async loadAll(now: number): Promise<readonly Registration[]> {
    const found = this.#db.selectFrom('registration').selectAll().where('expiresAt', '>', now);
    return (await found.orderBy('deviceId').execute()).map((row) => withoutNulls(row));
  }

  async save(registration: Registration): Promise<void> {
    const { deviceId, tenantId, personId, contact, transport, sourceAddress, sourcePort } = registration;
    const { callId, cseq, userAgent, expiresAt, route } = registration;
    const place = { transport, sourceAddress, sourcePort, route: route ? (JSON.stringify(route) as never) : null };
    const row = { personId, ...place, callId, cseq, userAgent, expiresAt };
    await this.#db
      .insertInto('registration')
      .values({ deviceId, tenantId, contact, ...row })
      .onConflict((conflict) =>
        conflict.columns(['deviceId', 'contact']).doUpdateSet(row).where('registration.tenantId', '=', tenantId),
      )
      .execute();
  }

  async remove(deviceId: string, contact: string): Promise<void> {
    const registrations = this.#db.deleteFrom('registration').where('deviceId', '=', deviceId);
    await registrations.where('contact', '=', contact).execute();
  }
}
