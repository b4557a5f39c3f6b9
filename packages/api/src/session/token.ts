import { hashHex, type RandomSource } from '@amtsleitung/base';

/** 256 unpredictable bits, as they stand in the cookie. */
export const newSessionToken = (random: RandomSource): string => Buffer.from(random.bytes(32)).toString('base64url');

export const isSessionToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** What is stored of a session or set-up token. */
export const hashToken = (token: string): string => hashHex('sha256', token);
