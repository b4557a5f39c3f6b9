export * from './lossy-network.ts';
export * from './stage.ts';
export * from './scene.ts';
export * from './test-authority.ts';
export * from './torture.ts';
export * from './fuzz.ts';
