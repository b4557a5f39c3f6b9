export * from './tone/audio-source.ts';
export * from './tone/ear.ts';
