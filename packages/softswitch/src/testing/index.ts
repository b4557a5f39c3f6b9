export * from './fake-media-engine.ts';
