/**
 * Why the directory refuses a change: `taken` = number, login or SIP user exists already; `in-use` = other records need
 * this one; `unknown-reference` = it names a record that this tenant does not have.
 */
export type DirectoryConflictKind = 'taken' | 'in-use' | 'unknown-reference';

/** Thrown by the saving and deleting methods of `DirectoryStore`; nothing was changed. */
export class DirectoryConflict extends Error {
  readonly kind: DirectoryConflictKind;

  constructor(kind: DirectoryConflictKind, cause?: unknown) {
    super(`directory: ${kind}`, { cause });
    this.name = 'DirectoryConflict';
    this.kind = kind;
  }
}
