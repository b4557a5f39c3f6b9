// The real programs that the tests use, and how they come onto the machine.
import { spawnSync } from 'node:child_process';

export const programs = [
  { command: 'chromium', debian: 'chromium' },
  { command: 'sipp', debian: 'sip-tester' },
  { command: 'baresip', debian: 'baresip-core' },
  { command: 'linphonec', debian: 'linphone-cli' },
  { command: 'kamailio', debian: 'kamailio' },
  { command: 'svmap', debian: 'sipvicious' },
];

const present = ({ command }) => spawnSync('/bin/sh', ['-c', `command -v ${command}`]).status === 0;

/** Installs what is missing when it may; names exactly what stays missing. */
export function ensurePrograms() {
  let missing = programs.filter((program) => !present(program));
  if (missing.length > 0 && process.getuid() === 0) {
    const names = missing.map((program) => program.debian);
    process.stderr.write(`Test programs are installed: ${names.join(', ')} …\n`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env });
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...names);
    missing = missing.filter((program) => !present(program));
  }
  for (const { command, debian } of missing) {
    process.stderr.write(`NOT TESTED: ${command} is missing (Debian package ${debian}); its stories are skipped.\n`);
  }
}
