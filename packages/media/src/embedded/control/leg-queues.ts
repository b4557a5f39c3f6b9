/** Commands for the same leg run one after another; those for different legs do not wait for each other. */
export class LegQueues {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Runs `task` when everything posted before for any of `legs` has settled. */
  run<Result>(legs: readonly string[], task: () => Promise<Result> | Result): Promise<Result> {
    const before = legs.flatMap((leg) => this.#tails.get(leg) ?? []);
    // Without a predecessor the command starts at once: it must not be overtaken by what arrives later.
    const done = before.length === 0 ? attempt(task) : Promise.allSettled(before).then(task);
    for (const leg of legs) this.#tails.set(leg, done);
    const forget = (): void => {
      for (const leg of legs) if (this.#tails.get(leg) === done) this.#tails.delete(leg);
    };
    done.then(forget, forget);
    return done;
  }
}

async function attempt<Result>(task: () => Promise<Result> | Result): Promise<Result> {
  return task();
}
