import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemTimers } from '@amtsleitung/base';
import { Ear, type PhoneAccount } from '@amtsleitung/simulator';
import { onTestFinished } from 'vitest';
import { freeSipPort } from './free-port.ts';
import { GrowingWav } from './growing-wav.ts';
import { RunningProgram } from './running-program.ts';
import { tempFolder } from './temp-folder.ts';
import { writeToneFile } from './tone-file.ts';

export interface LinphoneOptions {
  /** The tone it speaks with, Hz. */
  readonly tone: number;
  readonly server: { readonly host: string; readonly udp: number; readonly tcp: number; readonly tls?: number };
  readonly account: PhoneAccount;
  readonly transport?: 'udp' | 'tcp' | 'tls';
  /** Authorities (PEM file) by which a server over TLS has to prove itself. */
  readonly authorities?: string;
  /** SRTP with keys in the description (RFC 4568), and nothing else. */
  readonly srtp?: boolean;
}

/** A real softphone (linphonec), steered by typing, speaking from a file and heard through its recording. */
export class Linphone {
  readonly ear = new Ear(systemTimers);
  readonly #program: RunningProgram;
  readonly #folder: ReturnType<typeof tempFolder>;
  readonly #tail: ReturnType<typeof setInterval>;
  #sound: GrowingWav | undefined;
  #recordings = 0;

  private constructor(program: RunningProgram, folder: ReturnType<typeof tempFolder>) {
    this.#program = program;
    this.#folder = folder;
    this.#tail = setInterval(() => this.#listen(), 20);
  }

  /** Resolves once it is registered. */
  static async start(options: LinphoneOptions): Promise<Linphone> {
    const folder = tempFolder('linphone');
    mkdirSync(join(folder.path, '.local/share/linphone'), { recursive: true });
    writeToneFile(join(folder.path, 'tone.wav'), options.tone);
    writeFileSync(join(folder.path, 'rc'), configuration(options, await freeSipPort()).join('\n'));
    const environment = { HOME: folder.path };
    const program = new RunningProgram('linphonec', ['-c', join(folder.path, 'rc'), '-d', '0'], {
      cwd: folder.path,
      env: environment,
      input: true,
    });
    const linphone = new Linphone(program, folder);
    onTestFinished(() => linphone.#tearDown());
    await program.untilLine(/video is disabled/, 15_000);
    await linphone.#untilRegistered();
    program.type('soundcard use files');
    program.type(`play ${join(folder.path, 'tone.wav')}`);
    linphone.#record();
    return linphone;
  }

  /** Any command of linphonec, e.g. `call 121`, `answer`, `pause`, `resume`, `transfer 125`, `terminate`. */
  command(line: string): void {
    this.#program.type(line);
  }

  /** A line of its own words, past or to come, e.g. `Call 1 .* connected`; calls are numbered from 1. */
  until(pattern: RegExp, timeout = 15_000): Promise<string> {
    return this.#program.untilLine(pattern, timeout);
  }

  describe(): string {
    return this.#program.tail(30);
  }

  async #untilRegistered(): Promise<void> {
    const asking = setInterval(() => this.#program.type('status register'), 200);
    try {
      await this.#program.untilLine(/registered, identity=/, 15_000);
    } finally {
      clearInterval(asking);
    }
  }

  #record(): void {
    this.#recordings += 1;
    this.#program.type(`record ${this.#file}`);
  }

  get #file(): string {
    return join(this.#folder.path, `heard-${this.#recordings}.wav`);
  }

  #listen(): void {
    if (!this.#sound && existsSync(this.#file)) this.#sound = new GrowingWav(this.#file, this.ear);
    this.#sound?.listen();
  }

  async #tearDown(): Promise<void> {
    clearInterval(this.#tail);
    this.#program.type('quit');
    await this.#program.stop(3000);
    this.#sound?.close();
    this.#folder.remove();
  }
}

function configuration(options: LinphoneOptions, port: number): readonly string[] {
  const { server, account, transport = 'udp', authorities, srtp = false } = options;
  const proxy = `sip:${server.host}:${server[transport]};transport=${transport}`;
  return [
    '[sip]',
    `sip_port=${transport === 'udp' ? port : 0}`,
    `sip_tcp_port=${transport === 'tcp' ? port : 0}`,
    `sip_tls_port=${transport === 'tls' ? port : 0}`,
    ...(authorities === undefined ? [] : [`root_ca=${authorities}`, 'verify_server_certs=1', 'verify_server_cn=1']),
    'use_ipv6=0',
    'guess_hostname=1',
    `contact=<sip:${account.user}@127.0.0.1>`,
    'register_only_when_network_is_up=0',
    'default_proxy=0',
    `media_encryption=${srtp ? 'srtp' : 'none'}`,
    `media_encryption_mandatory=${srtp ? 1 : 0}`,
    '[rtp]',
    'audio_rtp_port=-1',
    '[sound]',
    'echocancellation=0',
    '[proxy_0]',
    `reg_proxy=<${proxy}>`,
    `reg_route=<${proxy};lr>`,
    `reg_identity=<sip:${account.user}@${account.domain}>`,
    'reg_expires=3600',
    'reg_sendregister=1',
    'publish=0',
    '[auth_info_0]',
    `username=${account.user}`,
    `passwd=${account.password}`,
    `realm=${account.domain}`,
    `domain=${account.domain}`,
    '[misc]',
    'auto_net_state_mon=0',
    '',
  ];
}
