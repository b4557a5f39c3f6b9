import { freeUdpPort } from './free-port.ts';
import { KamailioProgram } from './kamailio-program.ts';

export interface EdgeProxyOptions {
  /** Loopback address of its own. */
  readonly host: string;
  /** Where it passes everything on to. */
  readonly house: { readonly host: string; readonly udp: number };
}

/** Kamailio in front of the phones: it knows nobody's password, only the way. */
export class EdgeProxy {
  /** As a phone's `server`; it listens on UDP only. */
  readonly address: { readonly host: string; readonly udp: number; readonly tcp: number };
  readonly program: KamailioProgram;

  private constructor(host: string, port: number, program: KamailioProgram) {
    this.address = { host, udp: port, tcp: port };
    this.program = program;
  }

  static async start(options: EdgeProxyOptions): Promise<EdgeProxy> {
    const port = await freeUdpPort(options.host);
    return new EdgeProxy(options.host, port, await KamailioProgram.start('edge-proxy', configuration(options, port)));
  }
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
