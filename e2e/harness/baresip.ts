import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { systemTimers } from '@amtsleitung/base';
import { Ear } from '@amtsleitung/simulator';
import { onTestFinished } from 'vitest';
import { freeSipPort, freeTcpPort } from './free-port.ts';
import { GrowingWav } from './growing-wav.ts';
import { RunningProgram } from './running-program.ts';
import { tempFolder } from './temp-folder.ts';

export interface BaresipOptions {
  /** The tone it speaks with, Hz. */
  readonly tone: number;
  readonly server: { readonly host: string; readonly udp: number; readonly tcp: number; readonly tls?: number };
  readonly account: { readonly user: string; readonly password: string; readonly domain: string };
  readonly transport?: 'udp' | 'tcp' | 'tls';
  /** Authorities (PEM) by which a server over TLS has to prove itself. */
  readonly authorities?: string;
  /** SRTP with keys in the description (RFC 4568), and nothing else. */
  readonly srtp?: boolean;
  /** Local address; default 127.0.0.1. */
  readonly host?: string;
  /** Picks up by itself. */
  readonly autoAnswer?: boolean;
}

/** A provider's end of a line: SIP over TLS and nothing but encrypted voice (RTP/SAVP, keys by RFC 4568). */
export interface BaresipProviderOptions {
  readonly tone: number;
  /** The number it answers for, as it stands in the Request-URI. */
  readonly number: string;
  /** PEM with certificate and key. */
  readonly certificateFile: string;
}

export interface BaresipEvent {
  readonly type: string;
  readonly param?: string;
  readonly peeruri?: string;
}

/** A real softphone (baresip), steered over its control socket, speaking with a sine and heard through its recording. */
export class Baresip {
  readonly ear = new Ear(systemTimers);
  readonly events: BaresipEvent[] = [];
  /** Where it takes SIP over TLS, once it has a certificate. */
  readonly tlsPort: number;
  readonly #program: RunningProgram;
  readonly #folder: ReturnType<typeof tempFolder>;
  readonly #control: Socket;
  readonly #listeners = new Set<() => void>();
  readonly #tail: ReturnType<typeof setInterval>;
  #sound: GrowingWav | undefined;
  #rest: Buffer = Buffer.alloc(0);

  private constructor(
    program: RunningProgram,
    folder: ReturnType<typeof tempFolder>,
    control: Socket,
    tlsPort: number,
  ) {
    this.tlsPort = tlsPort;
    this.#program = program;
    this.#folder = folder;
    this.#control = control;
    control.on('data', (bytes) => this.#take(bytes));
    control.on('error', () => {});
    this.#tail = setInterval(() => this.#listen(), 20);
  }

  static start(options: BaresipOptions): Promise<Baresip> {
    const more = [...trust(options), ...(options.srtp ? ['module srtp.so'] : [])];
    return Baresip.#launch(accountOf(options), options.tone, more, options.host);
  }

  /** Picks up whatever comes to `tlsPort`. */
  static startProvider({ tone, number, certificateFile }: BaresipProviderOptions): Promise<Baresip> {
    const account = `<sip:${number}@127.0.0.1;transport=tls>;regint=0;answermode=auto;mediaenc=srtp-mand`;
    return Baresip.#launch(account, tone, ['module srtp.so', `sip_certificate ${certificateFile}`]);
  }

  static async #launch(account: string, tone: number, more: readonly string[], host = '127.0.0.1'): Promise<Baresip> {
    const folder = tempFolder('baresip');
    const [controlPort, sipPort] = [await freeTcpPort(), await freeSipPort()];
    const sipAddress = `${host.includes(':') ? `[${host}]` : host}:${sipPort}`;
    const lines = configuration({ folder: folder.path, tone, host, sipAddress, controlPort });
    writeConfiguration(folder.path, account, [...lines, ...more]);
    const program = new RunningProgram('baresip', ['-f', folder.path]);
    await program.untilLine(/baresip is ready/, 10_000);
    const control = connect(controlPort, '127.0.0.1');
    await new Promise((resolve, reject) => control.once('connect', resolve).once('error', reject));
    const baresip = new Baresip(program, folder, control, sipPort + 1);
    onTestFinished(() => baresip.#tearDown());
    return baresip;
  }

  /** Resolves when the registrar said yes. */
  async registered(): Promise<void> {
    await this.#program.untilLine(/200 OK .*\[\d+ bindings?\]/, 10_000);
  }

  /** Any command of baresip's menu, e.g. `dial`, `accept`, `hangup`, `hold`, `resume`, `transfer`. */
  command(command: string, params?: string): void {
    const json = JSON.stringify({ command, ...(params === undefined ? {} : { params }), token: command });
    this.#control.write(`${Buffer.byteLength(json)}:${json},`);
  }

  /** Gone from one moment to the next, without a word. */
  losePower(): void {
    this.#program.signal('SIGKILL');
  }

  /** The first event of one of `types` after the `mark`th. */
  until(types: readonly string[], timeout = 15_000, mark = 0): Promise<BaresipEvent> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.events.slice(mark).find((event) => types.includes(event.type));
        if (found) end(() => resolve(found));
      };
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        settle();
      };
      const seen = () => this.events.map((event) => event.type).join(' ');
      const timer = setTimeout(() => {
        end(() => reject(new Error(`baresip: no ${types.join('/')}, only ${seen()}\n${this.#program.tail(20)}`)));
      }, timeout);
      this.#listeners.add(look);
      look();
    });
  }

  #take(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    // Netstrings: `length:json,`
    for (let colon = this.#rest.indexOf(':'); colon > 0; colon = this.#rest.indexOf(':')) {
      const length = Number(this.#rest.toString('latin1', 0, colon));
      if (this.#rest.length < colon + length + 2) return;
      const message = JSON.parse(this.#rest.toString('utf8', colon + 1, colon + 1 + length)) as BaresipEvent;
      this.#rest = this.#rest.subarray(colon + length + 2);
      if (message.type) this.events.push(message);
      for (const listener of [...this.#listeners]) listener();
    }
  }

  /** Feeds what the newest call has recorded since last time. */
  #listen(): void {
    const newest = readdirSync(join(this.#folder.path, 'sound'))
      .filter((file) => file.endsWith('-dec.wav'))
      .sort()
      .at(-1);
    if (!newest) return;
    const file = join(this.#folder.path, 'sound', newest);
    if (this.#sound?.file !== file) {
      this.#sound?.close();
      this.#sound = new GrowingWav(file, this.ear);
    }
    this.#sound.listen();
  }

  async #tearDown(): Promise<void> {
    clearInterval(this.#tail);
    this.#control.destroy();
    await this.#program.stop(2000);
    this.#sound?.close();
    this.#folder.remove();
  }
}

function accountOf({ server, account, transport = 'udp', autoAnswer, srtp }: BaresipOptions): string {
  const host = server.host.includes(':') ? `[${server.host}]` : server.host;
  const proxy = `sip:${host}:${server[transport]};transport=${transport}`;
  const parameters = [
    `outbound="${proxy}"`,
    `auth_user=${account.user}`,
    `auth_pass=${account.password}`,
    'regint=3600',
    `answermode=${autoAnswer ? 'auto' : 'manual'}`,
    ...(srtp ? ['mediaenc=srtp-mand'] : []),
  ];
  return `<sip:${account.user}@${account.domain};transport=${transport}>;${parameters.join(';')}`;
}

function writeConfiguration(folder: string, account: string, lines: readonly string[]): void {
  mkdirSync(join(folder, 'sound'));
  writeFileSync(join(folder, 'accounts'), `${account}\n`);
  writeFileSync(join(folder, 'contacts'), '');
  writeFileSync(join(folder, 'config'), `${lines.join('\n')}\n`);
}

const trust = ({ authorities }: BaresipOptions): readonly string[] =>
  authorities === undefined ? [] : ['sip_verify_server yes', `sip_cafile ${authorities}`, ''];

interface Setup {
  readonly folder: string;
  readonly tone: number;
  readonly host: string;
  readonly sipAddress: string;
  readonly controlPort: number;
}

const configuration = ({ folder, tone, host, sipAddress, controlPort }: Setup): readonly string[] => [
  `sip_listen ${sipAddress}`,
  // Without it the first real interface's address lands in the session description.
  `net_interface ${host}`,
  'call_max_calls 8',
  'audio_player aubridge,none',
  'audio_alert aubridge,none',
  `audio_source ausine,${tone}`,
  'ausrc_srate 48000',
  'ausrc_channels 2',
  'auplay_srate 8000',
  'auplay_channels 1',
  'audio_txmode thread',
  'ausrc_format s16',
  'auplay_format s16',
  'auenc_format s16',
  'audec_format s16',
  'jitter_buffer_delay 1-5',
  'rtp_ports 30000-39998',
  'statmode_default off',
  'module_path /usr/lib/baresip/modules',
  'module g711.so',
  'module ausine.so',
  'module aubridge.so',
  'module sndfile.so',
  `snd_path ${join(folder, 'sound')}`,
  'module_tmp account.so',
  'module_app menu.so',
  'module_app ctrl_tcp.so',
  `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
];
