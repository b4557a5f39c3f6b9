import { freeTcpPort, freeUdpPort } from './free-port.ts';
import { KamailioProgram } from './kamailio-program.ts';

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

/** A provider's registrar and proxy. */
export class Kamailio {
  readonly host: string;
  readonly port: number;
  /** Notes e.g. `registered`, `outgoing +4930…`. */
  readonly program: KamailioProgram;

  private constructor(host: string, port: number, program: KamailioProgram) {
    this.host = host;
    this.port = port;
    this.program = program;
  }

  static async start(options: KamailioOptions): Promise<Kamailio> {
    const port = await freeTcpPort(options.host, await freeUdpPort(options.host));
    return new Kamailio(options.host, port, await KamailioProgram.start('kamailio', configuration(options, port)));
  }

  /** `host:port` */
  get address(): string {
    return `${this.host}:${this.port}`;
  }
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
