/** Where a service finds its parts. */
export interface ServicePaths {
  readonly node: string;
  readonly checkout: string;
  readonly dataFolder: string;
  readonly user: string;
  /** Flags to pass on, e.g. `--host 0.0.0.0`. */
  readonly flags: readonly string[];
}

const quoted = (text: string): string => (/^[\w./:=@-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`);

/** A hardened systemd unit. Everything the server starts ends with it. */
export function systemdUnit(paths: ServicePaths): string {
  const command = [paths.node, `${paths.checkout}/apps/server/src/main.ts`, '--data', paths.dataFolder, ...paths.flags];
  return `[Unit]
Description=Amtsleitung, Telefon- und Kontaktplattform
After=network-online.target
Wants=network-online.target

[Service]
User=${paths.user}
Group=${paths.user}
ExecStart=${command.map(quoted).join(' ')}
Restart=on-failure
RestartSec=1
TimeoutStopSec=30
# The server ends calls, media and database itself; what is left after it is ended by force.
KillMode=mixed
LimitNOFILE=65536
# Real-time sound: the media process raises its own priority.
AmbientCapabilities=CAP_SYS_NICE CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_SYS_NICE CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths=${quoted(paths.dataFolder)}
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
