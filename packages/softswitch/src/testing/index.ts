export * from './fake-media-engine.ts';
export * from './memory-registration-store.ts';
export * from './memory-web-sockets.ts';
export * from './test-house.ts';
export * from './test-lamps.ts';
export * from './test-phone.ts';
export * from './test-town.ts';
export * from './watching-phone.ts';
