import { mkdir } from 'node:fs/promises';
import type { Clock, Logger, Timer, Timers } from '@amtsleitung/base';
import { MediaError, type MediaEvent } from '../../engine/media-engine.ts';
import type { ControlArgs, ControlMethod, ControlResult, Greeting } from '../control-protocol.ts';
import { configurationText, type MediaSettings } from '../engine-options.ts';
import { ControlLink } from './control-link.ts';
import { controlSocket } from './control-socket.ts';
import { launchMediaProcess } from './process-launcher.ts';

export interface MediaLinkOptions {
  readonly settings: MediaSettings;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly onEvent: (event: MediaEvent) => void;
}

/** A call waits so long for a process that is being restarted. */
const patienceMilliseconds = 3000;
const retryMilliseconds = [0, 100, 300, 1000, 2000];
const pingMilliseconds = 2000;
/** A process that says nothing for so long hangs and is ended by force. */
const hangMilliseconds = 12_000;
const exitMilliseconds = 5000;

/** The way to a living media process, whatever happens to the one before. */
export class MediaLink {
  readonly #options: MediaLinkOptions;
  /** Legs this server has and would lose with the process. */
  readonly #legs = new Set<string>();
  #link: ControlLink | undefined;
  /** Settles when there is a link again. */
  #recovery: Promise<void> | undefined;
  #greeting!: Greeting;
  #lastAnswer = 0;
  #ping: Timer | undefined;
  #ended = false;

  constructor(options: MediaLinkOptions) {
    this.#options = options;
  }

  get greeting(): Greeting {
    return this.#greeting;
  }

  /** Adopts the process of the runtime folder or starts one. Rejects when it cannot start. */
  async open(): Promise<void> {
    const { settings } = this.#options;
    await mkdir(settings.runtimeFolder, { recursive: true, mode: 0o700 });
    this.#take((await this.#adopt()) ?? (await this.#launch()));
  }

  async ask<Method extends ControlMethod>(
    method: Method,
    ...args: ControlArgs<Method>
  ): Promise<ControlResult<Method>> {
    const link = this.#link ?? (await this.#recovered());
    if (method === 'close') this.#legs.delete(String(args[0]));
    const result = await link.ask(method, args);
    if (method === 'answer' || method === 'offer') this.#legs.add(String(args[0]));
    return result;
  }

  /** Ends legs and process; settles when the process is gone. */
  async shutDown(): Promise<void> {
    if (this.#ended) return;
    this.#end();
    const link = this.#link;
    if (!link) return;
    await link.ask('shutDown', []).catch(() => {});
    await this.#awaitExit(link.greeting.pid);
    link.destroy();
  }

  detach(): void {
    this.#end();
    this.#link?.destroy();
  }

  #end(): void {
    this.#ended = true;
    this.#ping?.cancel();
  }

  async #recovered(): Promise<ControlLink> {
    if (!this.#ended && this.#recovery) {
      const patience = new Promise<void>((resolve) => {
        this.#options.timers.after(patienceMilliseconds, resolve);
      });
      await Promise.race([this.#recovery, patience]);
    }
    if (!this.#link) throw new MediaError(503, 'media process is not available');
    return this.#link;
  }

  /** The process that is already there, if it works the way we would start it. */
  async #adopt(): Promise<ControlLink | undefined> {
    const { settings, logger } = this.#options;
    const link = await this.#connect();
    if (!link || link.greeting.configuration === configurationText(settings)) return link;
    logger.warn('the media process was started with other settings and is replaced');
    await link.ask('shutDown', []).catch(() => {});
    await this.#awaitExit(link.greeting.pid);
    link.destroy();
    return undefined;
  }

  async #launch(): Promise<ControlLink> {
    const { settings, logger } = this.#options;
    const { priority } = await launchMediaProcess(settings);
    const link = await this.#connect();
    if (!link) throw new Error('the media process ended as soon as it was ready');
    logger.info('media process started', { pid: link.greeting.pid, raisedPriority: priority });
    return link;
  }

  async #connect(): Promise<ControlLink | undefined> {
    const { settings, timers, logger, onEvent } = this.#options;
    const link: ControlLink | undefined = await ControlLink.open(controlSocket(settings.runtimeFolder), timers, {
      onEvent,
      onLog: (level, message, fields) => logger[level](message, { ...fields }),
      onClose: () => {
        if (link !== undefined && link === this.#link) this.#lose();
      },
    });
    return link;
  }

  #take(link: ControlLink): void {
    this.#link = link;
    this.#greeting = link.greeting;
    this.#lastAnswer = this.#options.clock.monotonic();
    this.#schedulePing(link);
  }

  #schedulePing(link: ControlLink): void {
    this.#ping?.cancel();
    this.#ping = this.#options.timers.after(pingMilliseconds, () => {
      if (link !== this.#link || this.#ended) return;
      const { clock, logger } = this.#options;
      link.ask('ping', []).then(
        () => (this.#lastAnswer = clock.monotonic()),
        () => {},
      );
      if (clock.monotonic() - this.#lastAnswer > hangMilliseconds) {
        logger.error('the media process hangs and is ended');
        endByForce(link.greeting.pid);
      }
      this.#schedulePing(link);
    });
  }

  #lose(): void {
    this.#link = undefined;
    this.#ping?.cancel();
    if (this.#ended) return;
    const recovery = this.#recover().finally(() => {
      if (this.#recovery === recovery) this.#recovery = undefined;
    });
    this.#recovery = recovery;
  }

  async #recover(): Promise<void> {
    const { logger } = this.#options;
    logger.error('the connection to the media process broke');
    const before = this.#greeting.instance;
    for (let attempt = 0; !this.#ended; attempt++) {
      await this.#pause(retryMilliseconds[Math.min(attempt, retryMilliseconds.length - 1)]!);
      try {
        const link = (await this.#adopt()) ?? (this.#loseLegs([...this.#legs]), await this.#launch());
        if (link.greeting.instance === before) this.#loseLegs(await link.ask('claim', [[...this.#legs]]));
        else this.#loseLegs([...this.#legs]);
        if (this.#ended) link.destroy();
        else this.#take(link);
        return;
      } catch (error) {
        logger.error('the media process cannot be restarted', { error: String(error) });
      }
    }
  }

  #loseLegs(legs: readonly string[]): void {
    for (const leg of legs) {
      this.#legs.delete(leg);
      this.#options.onEvent({ kind: 'lost', leg, reason: 'engine' });
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#options.timers.after(milliseconds, resolve);
    });
  }

  async #awaitExit(pid: number): Promise<void> {
    const { clock } = this.#options;
    const deadline = clock.monotonic() + exitMilliseconds;
    // Nothing else may be left that keeps a stopping server alive until this is done.
    const vigil = setInterval(() => {}, exitMilliseconds);
    while (isAlive(pid) && clock.monotonic() < deadline) await this.#pause(20);
    if (isAlive(pid)) endByForce(pid);
    clearInterval(vigil);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function endByForce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
