import { TypedEmitter } from '@amtsleitung/base';
import type { DirectorySource, TownDirectory } from './town-directory.ts';

/** The current directory of each tenant, in memory. Replaced as a whole; readers never see half a change. */
export class DirectoryHolder implements DirectorySource {
  readonly #directories = new Map<string, TownDirectory>();
  readonly #changes: TypedEmitter<TownDirectory>;

  constructor(onError: (error: unknown) => void = () => {}) {
    this.#changes = new TypedEmitter(onError);
  }

  replace(directory: TownDirectory): void {
    this.#directories.set(directory.tenant.id, directory);
    this.#changes.emit(directory);
  }

  all(): readonly TownDirectory[] {
    return [...this.#directories.values()];
  }

  byTenant(tenantId: string): TownDirectory | undefined {
    return this.#directories.get(tenantId);
  }

  onChange(listener: (directory: TownDirectory) => void): () => void {
    return this.#changes.listen(listener);
  }
}
