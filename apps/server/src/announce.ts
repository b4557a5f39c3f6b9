import type { Config } from './config.ts';
import { isLoopback } from './config.ts';
import type { RuntimeInfo } from './runtime/runtime-file.ts';

/** Says that the house is ready and what to try; with `--json` exactly one line. */
export function announce(info: RuntimeInfo, config: Config, print: (line: string) => void): void {
  if (config.json) return print(JSON.stringify(info));
  const lines = ['', 'Amtsleitung ist bereit.', '', `  Oberfläche    ${info.http}`];
  const overTls = info.sip.tls === undefined ? '' : ` und ${info.sip.tls} (TLS)`;
  lines.push(`  SIP           ${info.sip.host}, Port ${info.sip.udp} (UDP und TCP)${overTls}`);
  lines.push(`  Daten         ${info.data}`);
  if (isLoopback(config)) {
    lines.push(
      '',
      'Nur dieser Rechner kann zugreifen. Für andere: npm start -- --host 0.0.0.0 --public-address <Adresse>',
    );
  }
  if (info.setupLink) {
    lines.push(
      '',
      'Das Haus ist leer. Legen Sie die erste Verwalterin an (Link gilt einmal, 24 Stunden):',
      `  ${info.setupLink}`,
    );
  }
  if (info.demo) lines.push('', ...demoHints(info, isLoopback(config) && !config.behindProxy, config));
  lines.push('', 'Beenden mit Strg C.', '');
  for (const line of lines) print(line);
}

function demoHints(info: RuntimeInfo, onlyHere: boolean, config: Config): readonly string[] {
  if (onlyHere || config.demoFromAnywhere) return firstSteps(info);
  return [
    'Die Leute der Demo haben kein Kennwort. Damit sie sich von anderen Rechnern aus mit einem Klick anmelden können:',
    '  npm start mit --demo-from-anywhere (nur in einem Netz, dem Sie vertrauen)',
  ];
}

const firstSteps = (info: RuntimeInfo): readonly string[] => [
  'Zum Ausprobieren:',
  `  1. ${info.http} öffnen und „Mira Meldewesen“ anklicken, das Mikrofon erlauben.`,
  '  2. Rechts bei „Bürgerservice“ anmelden.',
  '  3. In einem zweiten Fenster:  npm run call -- 21-0',
  '     Ansturm:                   npm run call -- 21-0 --count 20 --rate 2',
];
