import { adminRoutes, callRoutes, phoneRoutes, sessionRoutes } from '@amtsleitung/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressOf, callRoute } from './api-client.ts';
import { ApiProblem } from './api-problem.ts';

const answering = (status: number, body?: unknown) => {
  const fetch = vi.fn(() =>
    Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status })),
  );
  vi.stubGlobal('fetch', fetch);
  return fetch;
};
afterEach(() => vi.unstubAllGlobals());

describe('addresses', () => {
  it('puts parameters in and escapes them', () =>
    expect(addressOf(adminRoutes.updatePerson, { params: { id: 'a/b' } })).toBe('/api/admin/people/a%2Fb'));
  it('leaves out what was not asked for', () => {
    expect(addressOf(callRoutes.list, { query: { search: '', limit: 20 } })).toBe('/api/calls?limit=20');
    expect(addressOf(callRoutes.list, { query: {} })).toBe('/api/calls');
  });
});

describe('answers', () => {
  it('gives back the checked reply', async () => {
    const fetch = answering(200, { callId: 'c1' });
    await expect(callRoute(phoneRoutes.dial, { body: { to: '122' } })).resolves.toEqual({ callId: 'c1' });
    expect(fetch).toHaveBeenCalledWith(
      '/api/phone/calls',
      expect.objectContaining({ method: 'POST', body: '{"to":"122"}' }),
    );
  });
  it('carries code and fields of a problem', async () => {
    answering(422, { status: 422, code: 'invalid', fields: { extension: 'taken' } });
    const error = await callRoute(phoneRoutes.dial, { body: { to: '1' } }).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(ApiProblem);
    expect(error).toMatchObject({ status: 422, code: 'invalid', fields: { extension: 'taken' } });
  });
  it('names an answer that is no problem document by its status', async () => {
    answering(502, 'bad gateway');
    await expect(callRoute(sessionRoutes.signOut, {})).rejects.toMatchObject({ status: 502, code: 'http-502' });
  });
  it('calls a dead line offline', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(callRoute(sessionRoutes.signOut, {})).rejects.toMatchObject({ status: 0, code: 'offline' });
  });
  it('refuses a reply that breaks the contract', async () => {
    answering(200, { callId: 7 });
    await expect(callRoute(phoneRoutes.dial, { body: { to: '1' } })).rejects.toMatchObject({
      code: 'unreadable-reply',
    });
  });
});
