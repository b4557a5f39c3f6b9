export * from './rtp/frame-clock.ts';
export * from './rtp/phone-sdp.ts';
export * from './rtp/rtp-tone-peer.ts';
export * from './tone/audio-source.ts';
export * from './tone/ear.ts';
