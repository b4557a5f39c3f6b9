export { flagFault } from './flag-fault.ts';
export { readRuntimeFile } from './runtime/runtime-file.ts';
export type { RuntimeInfo } from './runtime/runtime-file.ts';
export { processMark } from './runtime/process-mark.ts';
export { systemdUnit } from './runtime/systemd-unit.ts';
export { backupHouse, restoreHouse, searchNumber } from './maintenance.ts';
export type { HouseDatabase } from './maintenance.ts';
export { StoreError } from '@amtsleitung/store';
export { storeSentence } from './store-sentence.ts';
