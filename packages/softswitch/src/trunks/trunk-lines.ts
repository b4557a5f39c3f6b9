import { TypedEmitter } from '@amtsleitung/base';
import type { Logger } from '@amtsleitung/base';
import type { DirectorySource, Trunk, TrunkState, TrunkStates } from '@amtsleitung/domain';
import { parseSipUri } from '@amtsleitung/sip';
import type { Destination, Locator, Source } from '@amtsleitung/sip';
import { ConnectionFaults } from './connection-faults.ts';
import { readFromTrunk } from './number-spelling.ts';
import type { LinePorts } from './registration-client.ts';
import { numberOf } from './shown-text.ts';
import { TrunkLine } from './trunk-line.ts';

export interface TrunkLinesOptions extends Omit<LinePorts, 'faults'> {
  readonly locator: Locator;
  readonly logger: Logger;
  readonly directory: DirectorySource;
  /** Calls a trunk carries now. */
  readonly callsOn: (trunkId: string) => TrunkState['calls'];
}

/** All trunks at work, in step with the directory. */
export class TrunkLines implements TrunkStates {
  readonly #options: TrunkLinesOptions;
  readonly #lines = new Map<string, TrunkLine>();
  readonly #changes: TypedEmitter<TrunkState>;
  readonly #stopListening: () => void;
  /** Last state told of each, so that only changes are. */
  readonly #told = new Map<string, { readonly status: TrunkState['status']; readonly facts: string }>();
  /** Farewells of former lines: a new one at the same provider must not be undone by them. */
  readonly #leaving = new Map<string, Promise<void>>();
  readonly #faults = new ConnectionFaults();
  #isRunning = false;

  constructor(options: TrunkLinesOptions) {
    this.#options = options;
    this.#changes = new TypedEmitter((error) => options.logger.error('Listener failed', { error: String(error) }));
    this.#stopListening = options.directory.onChange(() => this.#reconcile());
    this.#reconcile();
  }

  /** From now on lines register and ask. */
  start(): void {
    this.#isRunning = true;
    for (const line of this.#lines.values()) line.start();
  }

  /** Takes all registrations back. */
  async close(): Promise<void> {
    this.#stopListening();
    this.#isRunning = false;
    await Promise.all([...[...this.#lines.values()].map((line) => line.stop()), ...this.#leaving.values()]);
  }

  line(trunkId: string): TrunkLine | undefined {
    return this.#lines.get(trunkId);
  }

  of(trunkId: string): TrunkState | undefined {
    return this.#lines.get(trunkId)?.state(this.#options.callsOn(trunkId));
  }

  isUsable(trunkId: string): boolean {
    return this.#lines.get(trunkId)?.isUsable ?? false;
  }

  check(trunkId: string): void {
    if (this.#isRunning) this.#lines.get(trunkId)?.check();
  }

  onChange(listener: (state: TrunkState) => void): () => void {
    return this.#changes.listen(listener);
  }

  /**
   * The trunk whose registration a message comes over; among lines to the same server, perhaps of other organisations,
   * the one whose Contact or number its URI names.
   */
  registeredAt(source: Source, requestUri: string): Trunk | undefined {
    const user = parseSipUri(requestUri)?.user;
    const candidates = [...this.#lines.values()].filter((line) => line.isRegisteredAt(source, user));
    const number = numberOf(requestUri);
    const byName = candidates.find((line) => line.isNamed(user));
    return (byName ?? candidates.find((line) => this.#holds(line.trunk, number)) ?? candidates[0])?.trunk;
  }

  #holds({ id, tenantId, settings }: Trunk, number: string | undefined): boolean {
    const e164 = number === undefined ? '' : readFromTrunk(number, settings.incomingFormat);
    const heads = this.#options.directory.byTenant(tenantId)?.headNumbers ?? [];
    return heads.some((head) => head.trunkId === id && e164.startsWith(head.e164));
  }

  /** Nothing can be sent there. */
  unreachable(server: Destination, error: unknown): void {
    this.#faults.note(server, error);
  }

  flowClosed(peer: Destination): void {
    for (const line of this.#lines.values()) line.flowClosed(peer);
  }

  #reconcile(): void {
    const trunks = this.#options.directory.all().flatMap((town) => town.trunks);
    const wanted = new Map(trunks.map((trunk) => [trunk.id, trunk]));
    for (const [id, line] of this.#lines) {
      const trunk = wanted.get(id);
      if (trunk && isSameLine(trunk, line.trunk)) line.update(trunk);
      else this.#remove(id, line);
    }
    for (const trunk of trunks) if (!this.#lines.has(trunk.id)) this.#add(trunk);
  }

  #add(trunk: Trunk): void {
    const line = new TrunkLine(trunk, { ...this.#options, faults: this.#faults, changed: () => this.#tell(trunk.id) });
    this.#lines.set(trunk.id, line);
    if (!this.#isRunning) return;
    const before = this.#leaving.get(trunk.id) ?? Promise.resolve();
    void before.then(() => {
      if (this.#isRunning && this.#lines.get(trunk.id) === line) line.start();
    });
    this.#tell(trunk.id);
  }

  #remove(id: string, line: TrunkLine): void {
    this.#lines.delete(id);
    this.#told.delete(id);
    const left = Promise.all([this.#leaving.get(id), line.stop()])
      .then(() => {})
      .finally(() => {
        if (this.#leaving.get(id) === left) this.#leaving.delete(id);
      });
    this.#leaving.set(id, left);
  }

  #tell(trunkId: string): void {
    const state = this.of(trunkId);
    if (!state) return;
    const { status, registeredUntil, server, lastError } = state;
    const facts = JSON.stringify([status, registeredUntil, server, lastError]);
    const before = this.#told.get(trunkId);
    if (before?.facts === facts) return;
    this.#told.set(trunkId, { status, facts });
    if (before?.status !== status) {
      this.#options.logger.info('Trunk', { trunk: trunkId, status, error: lastError?.kind });
    }
    this.#changes.emit(state);
  }
}

/** What needs no new registration may change while the line works on. */
function isSameLine(one: Trunk, other: Trunk): boolean {
  const identity = ({ tenantId, host, port, transport, username, password, settings }: Trunk): string => {
    const { enabled, registerSeconds, outboundProxy, authName, digest, largeOverTcp, optionsSeconds, mediasec } =
      settings;
    const rules = [
      enabled,
      registerSeconds,
      outboundProxy,
      authName,
      digest,
      largeOverTcp,
      optionsSeconds,
      mediasec === true,
    ];
    return JSON.stringify([tenantId, host, port, transport, username, password, ...rules]);
  };
  return identity(one) === identity(other);
}
