/**
 * Runs tasks one at a time, in order of arrival: a task posted by a running task waits until that one is done.
 * A task that throws does not stop the next one; its error goes to `onError`.
 */
export class Mailbox {
  readonly #onError: (error: unknown) => void;
  readonly #waiting: (() => void)[] = [];
  #running = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  post(task: () => void): void {
    this.#waiting.push(task);
    if (this.#running) return;
    this.#running = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#run(next);
    } finally {
      this.#running = false;
    }
  }

  #run(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#onError(error);
    }
  }
}

/** The same for tasks that wait: each starts when the one before has settled. */
export class AsyncMailbox {
  readonly #onError: (error: unknown) => void;
  #last: Promise<void> = Promise.resolve();

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  post(task: () => Promise<void> | void): void {
    this.#last = this.#last.then(task).catch(this.#onError);
  }

  /** Settles when everything posted so far is done. */
  drained(): Promise<void> {
    return this.#last;
  }
}
