import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freeUdpPort } from './free-port.ts';
import { RunningProgram } from './running-program.ts';
import { tempFolder } from './temp-folder.ts';

const nobody = { uid: 65_534, gid: 65_534 } as const;

export interface EdgeProxyOptions {
  /** Loopback address of its own. */
  readonly host: string;
  /** Where it passes everything on to. */
  readonly house: { readonly host: string; readonly udp: number };
}

/** Debian's Kamailio in front of the phones: it knows nobody's password, only the way. Unprivileged, gone with the test. */
export class EdgeProxy {
  /** As a phone's `server`; it listens on UDP only. */
  readonly address: { readonly host: string; readonly udp: number; readonly tcp: number };
  readonly #folder: string;
  #program: RunningProgram;

  private constructor(host: string, port: number, folder: string) {
    this.address = { host, udp: port, tcp: port };
    this.#folder = folder;
    this.#program = launch(folder);
  }

  static async start(options: EdgeProxyOptions): Promise<EdgeProxy> {
    const folder = tempFolder('edge-proxy');
    const port = await freeUdpPort(options.host);
    writeFileSync(join(folder.path, 'kamailio.cfg'), configuration(options, port));
    const proxy = new EdgeProxy(options.host, port, folder.path);
    onTestFinished(async () => {
      await proxy.#program.stop();
      folder.remove();
    });
    await proxy.#ready();
    return proxy;
  }

  /** `kill -9`: it says nothing to anybody. */
  async kill(): Promise<void> {
    this.#program.signal('SIGKILL');
    await this.#program.exited;
  }

  /** Starts again at the same place, knowing nothing. */
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
  const user = process.getuid?.() === 0 ? { user: nobody } : {};
  const args = ['-f', join(folder, 'kamailio.cfg'), '-DD', '-E', '-m', '32', '-M', '4'];
  return new RunningProgram('kamailio', args, { cwd: '/', group: true, ...user });
}

/** Stamps what phones send, adds itself with Path, and takes no Path or Route from them. */
function configuration({ host, house }: EdgeProxyOptions, port: number): string {
  return `
debug=2
log_stderror=yes
children=2
disable_tcp=yes
auto_aliases=no
listen=udp:${host}:${port}
${['tm', 'sl', 'rr', 'pv', 'maxfwd', 'path', 'textops', 'siputils', 'xlog']
  .map((name) => `loadmodule "${name}.so"`)
  .join('\n')}
modparam("path", "use_received", 1)

event_route[core:worker-one-init] { xlog("L_NOTICE", "note: ready\\n"); }

request_route {
  if (!mf_process_maxfwd_header("20")) { sl_send_reply("483", "Too Many Hops"); exit; }
  force_rport();
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    if (loose_route() || $si == "${house.host}" && $sp == ${house.udp}) t_relay();
    else if (is_method("ACK")) { if (t_check_trans()) t_relay(); }
    else sl_send_reply("404", "Not here");
    exit;
  }
  t_check_trans();
  if ($si == "${house.host}" && $sp == ${house.udp}) {
    record_route();
    if (loose_route_preloaded()) t_relay();
    else sl_send_reply("404", "Not here");
    exit;
  }
  remove_hf("Path");
  remove_hf("Route");
  if (is_method("REGISTER")) add_path_received();
  else record_route();
  $du = "sip:${house.host}:${house.udp}";
  t_relay();
}
`;
}
