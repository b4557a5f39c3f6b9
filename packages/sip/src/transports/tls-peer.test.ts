import type { PeerCertificate } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { provesName } from './tls-peer.ts';

const named = (subjectaltname: string) => ({ subjectaltname, subject: { CN: 'x' } }) as unknown as PeerCertificate;

describe('whose certificate it is', () => {
  it.each([
    ['URI:sip:provider.example', true],
    ['DNS:other.example, URI:sip:PROVIDER.example', true],
    ['URI:sips:provider.example', false],
    ['DNS:provider.example', true],
    ['URI:sip:somebody@provider.example', false],
    ['URI:sip:provider.example.evil.example', false],
    // One name that looks like two.
    ['URI:"http://evil.example/, URI:sip:provider.example"', false],
    ['DNS:"evil.example, URI:sip:provider.example, DNS:x"', false],
    ['DNS:"evil\\", URI:sip:provider.example, DNS:\\"x"', false],
  ])('RFC 5922 §7.1: %s proves provider.example: %s', (names, isProven) => {
    expect(provesName('provider.example', named(names)) === undefined).toBe(isProven);
  });
});
