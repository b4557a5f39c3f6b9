import type { Registration, RegistrationStore } from '@amtsleitung/domain';

/** Registrations that outlive a softswitch, not the process. */
export class MemoryRegistrationStore implements RegistrationStore {
  readonly rows = new Map<string, Registration>();

  loadAll(now: number): Promise<readonly Registration[]> {
    return Promise.resolve([...this.rows.values()].filter((row) => row.expiresAt > now));
  }

  save(registration: Registration): Promise<void> {
    this.rows.set(`${registration.deviceId} ${registration.contact}`, registration);
    return Promise.resolve();
  }

  remove(deviceId: string, contact: string): Promise<void> {
    this.rows.delete(`${deviceId} ${contact}`);
    return Promise.resolve();
  }
}
