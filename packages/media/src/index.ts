export * from './engine/media-engine.ts';
