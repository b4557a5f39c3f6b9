export type { ApiOptions, CertificateState } from './api-options.ts';
export { createApi, type Api } from './create-api.ts';
export type { RouteEntry } from './http/route-catalogue.ts';
export { foundTown, sipDomainOf, type FoundedTown } from './session/create-house.ts';
export { hashPassword } from './session/password-hasher.ts';
export { createPinHasher } from './session/pin-hasher.ts';
export { hashToken } from './session/token.ts';
