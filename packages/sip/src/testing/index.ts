export * from './lossy-network.ts';
