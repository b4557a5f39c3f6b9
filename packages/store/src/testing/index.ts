export * from './test-server.ts';
export * from './temporary-folder.ts';
