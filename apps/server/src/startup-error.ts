/** Something that only a person can mend: one sentence that names the remedy, and the exit code. */
export class StartupError extends Error {
  /** sysexits(3): 64 usage, 69 unavailable, 73 cannot create, 75 try again, 78 configuration. */
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartupError';
    this.exitCode = exitCode;
  }
}
