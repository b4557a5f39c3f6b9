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
  | 'damaged'
  | 'disk-full'
  | 'other-schema'
  | 'no-right'
  | 'no-such-database'
  | 'backup-not-written'
  | 'backup-unreadable';

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
  'disk-full': 74,
  'other-schema': 78,
  'no-right': 77,
  'no-such-database': 69,
  'backup-not-written': 73,
  'backup-unreadable': 66,
};

export interface StoreErrorDetails {
  /** The one thing that differs from case to case: a path, a version, a system's code. For a sentence in any language. */
  readonly about?: string;
  readonly cause?: unknown;
}

/** Carries its verdict: `message` is one sentence for people with the remedy in it; print it and exit with `exitCode`. */
export class StoreError extends Error {
  readonly kind: StoreErrorKind;
  readonly remedy: string;
  readonly about: string | undefined;
  readonly exitCode: number;

  constructor(kind: StoreErrorKind, what: string, remedy: string, { about, cause }: StoreErrorDetails = {}) {
    super(`${what}: ${remedy}`, { cause });
    this.name = 'StoreError';
    this.kind = kind;
    this.remedy = remedy;
    this.about = about;
    this.exitCode = exitCodes[kind];
  }
}
