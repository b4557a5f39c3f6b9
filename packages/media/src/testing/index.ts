export { TonePeer } from './tone-peer.ts';
export type { Heard, TonePeerOptions } from './tone-peer.ts';
export { bindingRequest } from './binding-request.ts';
export type { BindingRequest } from './binding-request.ts';
