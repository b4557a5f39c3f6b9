import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSessionToken } from './token.ts';

/** RFC 6265bis §4.1.3.2: the prefix makes browsers refuse the cookie unless it is Secure, of this host and of path /. */
const nameOf = (secure: boolean): string => (secure ? '__Host-session' : 'session');

export function tokenOf(request: FastifyRequest): string | undefined {
  const token = request.cookies[nameOf(request.protocol === 'https')];
  return token && isSessionToken(token) ? token : undefined;
}

/** The same for an upgrade request, which never reaches the router. */
export function tokenOfHeaders(headers: IncomingHttpHeaders, secure: boolean): string | undefined {
  const prefix = `${nameOf(secure)}=`;
  const pair = (headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(prefix));
  const token = pair?.trim().slice(prefix.length);
  return token && isSessionToken(token) ? token : undefined;
}

const attributes = (secure: boolean) => ({ httpOnly: true, sameSite: 'strict', path: '/', secure }) as const;

export function setTokenCookie(reply: FastifyReply, token: string, maxAgeSeconds: number): void {
  const secure = reply.request.protocol === 'https';
  reply.setCookie(nameOf(secure), token, { ...attributes(secure), maxAge: maxAgeSeconds });
}

export function clearTokenCookie(reply: FastifyReply): void {
  const secure = reply.request.protocol === 'https';
  reply.clearCookie(nameOf(secure), attributes(secure));
}
