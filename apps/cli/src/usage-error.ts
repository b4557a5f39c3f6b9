/** The command line was wrong, or what it asks for is not possible now: one sentence with the remedy. */
export class UsageError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 64) {
    super(message);
    this.name = 'UsageError';
    this.exitCode = exitCode;
  }
}
