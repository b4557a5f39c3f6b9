export { readRuntimeFile } from './runtime/runtime-file.ts';
export type { RuntimeInfo } from './runtime/runtime-file.ts';
export { systemdUnit } from './runtime/systemd-unit.ts';
export { backupHouse, restoreHouse } from './maintenance.ts';
export type { HouseDatabase } from './maintenance.ts';
