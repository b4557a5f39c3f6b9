import type { ProviderFault } from './provider-script.ts';

/** What goes wrong at present, oldest first. */
export class FaultList {
  #faults: { readonly fault: ProviderFault; left: number }[] = [];

  add(fault: ProviderFault): void {
    this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The fault that hits this request, which counts. */
  next(method: string, server: number): ProviderFault | undefined {
    const found = this.#faults.find(
      ({ fault }) => fault.method === method && (fault.server === undefined || fault.server === server),
    );
    if (found && --found.left <= 0) this.#faults = this.#faults.filter((one) => one !== found);
    return found?.fault;
  }
}
