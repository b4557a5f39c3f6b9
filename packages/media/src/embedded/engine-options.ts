import { networkInterfaces } from 'node:os';
import { protocolVersion } from './control-protocol.ts';
import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';

export interface EmbeddedEngineOptions {
  /** Where the control socket and the media process's log live; created with mode 0700 when missing. Absolute path. */
  readonly runtimeFolder: string;
  /** Local address of all media sockets, for example `127.0.0.1` or `0.0.0.0`. */
  readonly bindAddress: string;
  /**
   * What the far sides are told; several become several candidates for browsers. Default: `bindAddress`, or this
   * machine's own addresses when that is `0.0.0.0`.
   */
  readonly publicAddress?: string | readonly string[];
  /** An IPv6 address besides, e.g. `::`: plain legs to far sides that have one use it. */
  readonly secondAddress?: string;
  /** What such far sides are told. Default as with `publicAddress`. */
  readonly secondPublicAddress?: string;
  /** The UDP port all browsers share; 0 = any free one. */
  readonly mediaPort: number;
  /** Even UDP ports of plain legs are taken from here. Default 20000 to 29999. */
  readonly plainPortRange?: PortRange;
  /** WAV played to legs whose server is gone, before they are closed. */
  readonly apologyFile?: string;
  /** A plain leg without media is told of as `silent` after every such while; default 8 000. 0 turns it off. */
  readonly silentMilliseconds?: number;
  /** A browser that sends neither media nor ICE checks is lost earlier (RFC 7675 consent); default 30 000. */
  readonly consentMilliseconds?: number;
  /** How long legs wait for a server to claim them again; default 10 000. */
  readonly claimMilliseconds?: number;
  /** The process ends after so long without server and without legs; default 30 000. */
  readonly idleMilliseconds?: number;
  /** Legs at the same time; more are refused with 503. Default 2000. */
  readonly maximumLegs?: number;
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly random?: RandomSource;
}

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Where sockets are bound, and what the far sides are told. */
export interface AddressPair {
  readonly bindAddress: string;
  readonly publicAddresses: readonly string[];
}

/** The part the media process needs; plain data, all defaults filled in. */
export interface MediaSettings extends AddressPair {
  readonly runtimeFolder: string;
  readonly second?: AddressPair;
  readonly mediaPort: number;
  readonly plainPortRange: PortRange;
  readonly apologyFile?: string;
  readonly silentMilliseconds: number;
  readonly consentMilliseconds: number;
  readonly claimMilliseconds: number;
  readonly idleMilliseconds: number;
  readonly maximumLegs: number;
}

export function mediaSettings(options: EmbeddedEngineOptions): MediaSettings {
  return {
    runtimeFolder: options.runtimeFolder,
    bindAddress: options.bindAddress,
    publicAddresses: publicAddresses(options.bindAddress, options.publicAddress),
    ...secondOf(options),
    mediaPort: options.mediaPort,
    plainPortRange: options.plainPortRange ?? { first: 20_000, last: 29_999 },
    ...(options.apologyFile === undefined ? {} : { apologyFile: options.apologyFile }),
    silentMilliseconds: options.silentMilliseconds ?? 8_000,
    consentMilliseconds: options.consentMilliseconds ?? 30_000,
    claimMilliseconds: options.claimMilliseconds ?? 10_000,
    idleMilliseconds: options.idleMilliseconds ?? 30_000,
    maximumLegs: options.maximumLegs ?? 2000,
  };
}

/** The addresses far sides can use; nobody can reach `0.0.0.0` or `::`, which would mean "on hold" in a description. */
function publicAddresses(
  bindAddress: string,
  publicAddress: EmbeddedEngineOptions['publicAddress'],
): readonly string[] {
  if (publicAddress !== undefined) return typeof publicAddress === 'string' ? [publicAddress] : publicAddress;
  if (bindAddress !== '0.0.0.0' && bindAddress !== '::') return [bindAddress];
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => !internal && (family === 'IPv6') === (bindAddress === '::'))
    // A link-local address says nothing without the name of the link.
    .filter(({ address }) => !/^fe[89ab]/.test(address))
    .map(({ address }) => address);
  return own.length > 0 ? own : [bindAddress === '::' ? '::1' : '127.0.0.1'];
}

function secondOf({ secondAddress, secondPublicAddress }: EmbeddedEngineOptions): Pick<MediaSettings, 'second'> {
  if (secondAddress === undefined) return {};
  return {
    second: { bindAddress: secondAddress, publicAddresses: publicAddresses(secondAddress, secondPublicAddress) },
  };
}

/** Two processes with the same text are interchangeable. */
export const configurationText = (settings: MediaSettings): string => JSON.stringify({ protocolVersion, ...settings });
