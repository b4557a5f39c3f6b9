import type {
  LegKind,
  LegOptions,
  LegStats,
  MediaEvent,
  PlaylistItem,
  RecordingLimits,
  Renegotiation,
} from '../engine/media-engine.ts';

/** Raised whenever messages change: a server never adopts a process that speaks another version. */
export const protocolVersion = 5;

/** What the server may ask of the media process: method → its arguments and its result. */
export interface ControlMethods {
  answer: { args: readonly [leg: string, kind: LegKind, offerSdp: string, options: LegOptions]; result: string };
  offer: { args: readonly [leg: string, kind: LegKind, options: LegOptions]; result: string };
  accept: { args: readonly [leg: string, answerSdp: string]; result: void };
  renegotiate: { args: readonly [leg: string, offerSdp: string]; result: Renegotiation };
  describe: { args: readonly [leg: string]; result: string };
  close: { args: readonly [leg: string]; result: void };
  bridge: { args: readonly [left: string, right: string]; result: void };
  park: { args: readonly [leg: string]; result: void };
  play: {
    args: readonly [leg: string, playbackId: string, files: readonly PlaylistItem[], loop: boolean];
    result: void;
  };
  stop: { args: readonly [leg: string]; result: void };
  sendDigits: { args: readonly [leg: string, digits: string]; result: void };
  record: {
    args: readonly [leg: string, recordingId: string, file: string, limits: RecordingLimits];
    result: void;
  };
  stopRecording: { args: readonly [leg: string]; result: void };
  stats: { args: readonly [leg: string]; result: LegStats };
  list: { args: readonly []; result: readonly string[] };
  /** Takes legs over after the connection was made anew; returns those that are gone. */
  claim: { args: readonly [legs: readonly string[]]; result: readonly string[] };
  ping: { args: readonly []; result: void };
  /** Ends every leg and the process. */
  shutDown: { args: readonly []; result: void };
}

export type ControlMethod = keyof ControlMethods;
export type ControlArgs<Method extends ControlMethod> = ControlMethods[Method]['args'];
export type ControlResult<Method extends ControlMethod> = ControlMethods[Method]['result'];

/** One line of JSON each. */
export interface ControlRequest {
  readonly id: number;
  readonly method: ControlMethod;
  readonly args: readonly unknown[];
}

/** What the media process tells of itself as soon as a server connects. */
export interface Greeting {
  readonly pid: number;
  /** New with every start of the process. */
  readonly instance: string;
  /** Protocol version and settings as text: a process with another one is replaced. */
  readonly configuration: string;
  readonly browserPort: number;
}

export type ControlMessage =
  | { readonly kind: 'greeting'; readonly greeting: Greeting }
  | { readonly kind: 'result'; readonly id: number; readonly result?: unknown }
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly sipStatus: 400 | 488 | 500 | 503;
      readonly message: string;
    }
  | { readonly kind: 'event'; readonly event: MediaEvent }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string; readonly fields: object };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
