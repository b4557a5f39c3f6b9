export { TonePeer } from './tone-peer.ts';
export type { Heard, TonePeerOptions } from './tone-peer.ts';
