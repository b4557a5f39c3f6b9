export * from './lossy-network.ts';
export * from './stage.ts';
