/** Why the store could not be opened, backed up or restored. */
export type StoreErrorKind =
  | 'folder-not-writable'
  | 'no-binary'
  | 'start-failed'
  | 'newer-version'
  | 'wrong-password'
  | 'unreachable'
  | 'server-too-old'
  | 'locked'
  | 'not-empty'
  | 'damaged';

/** Process exit status per kind, by the meanings of BSD's sysexits. */
const exitCodes: Readonly<Record<StoreErrorKind, number>> = {
  'folder-not-writable': 73,
  'no-binary': 69,
  'start-failed': 71,
  'newer-version': 78,
  'wrong-password': 77,
  unreachable: 69,
  'server-too-old': 78,
  locked: 75,
  'not-empty': 73,
  damaged: 65,
};

/** Carries its verdict: `message` is one sentence for people with the remedy in it; print it and exit with `exitCode`. */
export class StoreError extends Error {
  readonly kind: StoreErrorKind;
  readonly remedy: string;
  readonly exitCode: number;

  constructor(kind: StoreErrorKind, what: string, remedy: string, cause?: unknown) {
    super(`${what}: ${remedy}`, { cause });
    this.name = 'StoreError';
    this.kind = kind;
    this.remedy = remedy;
    this.exitCode = exitCodes[kind];
  }
}
