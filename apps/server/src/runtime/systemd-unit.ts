/** Where a service finds its parts. */
export interface ServicePaths {
  readonly node: string;
  readonly checkout: string;
  readonly dataFolder: string;
  readonly user: string;
  /** Flags to pass on, e.g. `--host 0.0.0.0`. */
  readonly flags: readonly string[];
}

/** One word of a unit file: `%` and, in commands, `$` would be replaced by systemd. */
const quoted = (text: string): string => {
  const plain = text.replace(/%/g, '%%').replace(/\$/g, '$$$$');
  return /^[\w./:=@%$-]+$/.test(plain) ? plain : `"${plain.replace(/["\\]/g, '\\$&')}"`;
};
/** Paths of settings are not unquoted like commands, only `%` is special there. */
const path = (text: string): string => `"${text.replace(/%/g, '%%').replace(/["\\]/g, '\\$&')}"`;

/** A hardened systemd unit. Everything the server starts ends with it. */
export function systemdUnit(paths: ServicePaths): string {
  const command = [paths.node, `${paths.checkout}/apps/server/src/main.ts`, '--data', paths.dataFolder, ...paths.flags];
  const ownFolder = ['install', '-d', '-m', '0750', '-o', paths.user, '-g', paths.user, paths.dataFolder];
  return `[Unit]
Description=Amtsleitung, Telefon- und Kontaktplattform
After=network-online.target
Wants=network-online.target

[Service]
User=${paths.user}
Group=${paths.user}
# DATABASE_URL and AMTSLEITUNG_… may stand in it, readable by root alone.
EnvironmentFile=-/etc/amtsleitung.env
ExecStartPre=+/usr/bin/${ownFolder.map(quoted).join(' ')}
ExecStart=${command.map(quoted).join(' ')}
# Takes in organisations that „npm run tenant“ has made.
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=1
# What a person has to mend first is not tried again and again: usage, configuration, rights, newer data.
RestartPreventExitStatus=64 73 77 78
TimeoutStopSec=30
# The server ends calls, media and database itself; what is left after it is ended by force.
KillMode=mixed
LimitNOFILE=65536
# Real-time sound: the media process raises its own priority.
AmbientCapabilities=CAP_SYS_NICE CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_SYS_NICE CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths=${path(paths.dataFolder)}
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0027

[Install]
WantedBy=multi-user.target
`;
}
