import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freeTcpPort, freeUdpPort } from './free-port.ts';
import { RunningProgram } from './running-program.ts';
import { tempFolder } from './temp-folder.ts';

export interface KamailioOptions {
  /** Loopback address of its own. */
  readonly host: string;
  readonly account: { readonly user: string; readonly password: string };
  /** The customer's number block, e.g. `+49499921`. */
  readonly block: string;
  /** Where citizens' calls come from and calls to citizens go. */
  readonly gateway: { readonly host: string; readonly port: number };
}

/** Its SIP domain; no name service knows it. */
export const providerDomain = 'provider.example';

const nobody = { uid: 65_534, gid: 65_534 } as const;

/** A provider's registrar and proxy: Debian's Kamailio with a configuration of its own, unprivileged, gone with the test. */
export class Kamailio {
  readonly host: string;
  readonly port: number;
  readonly #folder: string;
  #program: RunningProgram;

  private constructor(host: string, port: number, folder: string, program: RunningProgram) {
    this.host = host;
    this.port = port;
    this.#folder = folder;
    this.#program = program;
  }

  static async start(options: KamailioOptions): Promise<Kamailio> {
    const folder = tempFolder('kamailio');
    const port = await freeTcpPort(options.host, await freeUdpPort(options.host));
    writeFileSync(join(folder.path, 'kamailio.cfg'), configuration(options, port));
    const kamailio = new Kamailio(options.host, port, folder.path, launch(folder.path));
    onTestFinished(async () => {
      await kamailio.kill();
      folder.remove();
    });
    await kamailio.#ready();
    return kamailio;
  }

  /** `host:port` */
  get address(): string {
    return `${this.host}:${this.port}`;
  }

  /** What it noted, e.g. `registered`, `outgoing +4930…`; since its last start. */
  get notes(): readonly string[] {
    return this.#program.lines.flatMap((line) => /note: (.*)$/.exec(line)?.[1] ?? []);
  }

  async untilNoted(note: RegExp, timeout = 10_000): Promise<void> {
    await this.#program.untilLine(new RegExp(`note: ${note.source}`), timeout);
  }

  /** `kill -9`: it says nothing to anybody. */
  async kill(): Promise<void> {
    this.#program.signal('SIGKILL');
    await this.#program.exited;
  }

  /** Starts again at the same place; its registrations are lost. */
  async startAgain(): Promise<void> {
    this.#program = launch(this.#folder);
    await this.#ready();
  }

  log(lines = 40): string {
    return this.#program.tail(lines);
  }

  async #ready(): Promise<void> {
    await this.#program.untilLine(/note: ready/, 10_000);
  }
}

function launch(folder: string): RunningProgram {
  const args = ['-f', join(folder, 'kamailio.cfg'), '-DD', '-E', '-m', '32', '-M', '4'];
  const isRoot = process.getuid?.() === 0;
  return new RunningProgram('kamailio', args, { cwd: '/', group: true, ...(isRoot ? { user: nobody } : {}) });
}

/** Digest, one account, its block in and out, and nothing else. */
function configuration({ host, account, block, gateway }: KamailioOptions, port: number): string {
  const isOfBlock = `"^${block.replace('+', '\\+')}"`;
  return `
debug=2
log_stderror=yes
children=2
tcp_children=1
auto_aliases=no
alias="${providerDomain}"
listen=udp:${host}:${port}
listen=tcp:${host}:${port}
${['tm', 'sl', 'rr', 'pv', 'maxfwd', 'usrloc', 'registrar', 'textops', 'siputils', 'auth', 'xlog', 'nathelper']
  .map((name) => `loadmodule "${name}.so"`)
  .join('\n')}
modparam("usrloc", "db_mode", 0)
modparam("registrar", "max_contacts", 1)
modparam("registrar", "default_expires", 120)
modparam("registrar|nathelper", "received_avp", "$avp(RECEIVED)")

event_route[core:worker-one-init] { xlog("L_NOTICE", "note: ready\\n"); }

request_route {
  if (!mf_process_maxfwd_header("20")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("OPTIONS") && !has_totag()) { sl_send_reply("200", "OK"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    if (loose_route()) t_relay();
    else if (is_method("ACK")) { if (t_check_trans()) t_relay(); }
    else sl_send_reply("404", "Not here");
    exit;
  }
  remove_hf("Route");
  t_check_trans();
  if (is_method("REGISTER")) route(REGISTER);
  if (!is_method("INVITE")) { sl_send_reply("405", "Method Not Allowed"); exit; }
  record_route();
  if ($si == "${gateway.host}") route(INCOMING);
  route(OUTGOING);
}

route[REGISTER] {
  if (!pv_auth_check("${providerDomain}", "${account.password}", "0", "1") || $au != "${account.user}") {
    auth_challenge("${providerDomain}", "0");
    exit;
  }
  if ($hdr(Expires) == "0") xlog("L_NOTICE", "note: unregistered\\n");
  else xlog("L_NOTICE", "note: registered\\n");
  # Calls go back over the connection they were registered on.
  fix_nated_register();
  save("location");
  exit;
}

route[INCOMING] {
  if (!($rU =~ ${isOfBlock})) { sl_send_reply("404", "Not Found"); exit; }
  xlog("L_NOTICE", "note: incoming $rU\\n");
  $ru = "sip:${account.user}@${providerDomain}";
  if (!lookup("location")) { sl_send_reply("480", "Not registered"); exit; }
  t_relay();
  exit;
}

route[OUTGOING] {
  if (!pv_auth_check("${providerDomain}", "${account.password}", "0", "0") || $au != "${account.user}") {
    auth_challenge("${providerDomain}", "0");
    exit;
  }
  consume_credentials();
  if (!($ai =~ "^sip:${block.replace('+', '\\+')}")) { sl_send_reply("403", "Foreign identity"); exit; }
  xlog("L_NOTICE", "note: outgoing $rU\\n");
  $du = "sip:${gateway.host}:${gateway.port}";
  t_relay();
  exit;
}
`;
}
