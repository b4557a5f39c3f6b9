export * from './test-server.ts';
export * from './temporary-folder.ts';
export * from './sample-events.ts';
export * from './sample-town.ts';
