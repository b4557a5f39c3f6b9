export * from './clock.ts';
export * from './hash.ts';
export * from './ids.ts';
export * from './logger.ts';
export * from './mailbox.ts';
export * from './random-source.ts';
export * from './timers.ts';
export * from './typed-emitter.ts';
