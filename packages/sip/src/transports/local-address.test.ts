import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ipv6Groups } from './ipv6-groups.ts';
import { LocalAddress, isSameFamily, plainAddress, withoutZone } from './local-address.ts';

describe('LocalAddress', () => {
  it('shows a bound address to everybody, a public one to the world only', () => {
    const local = new LocalAddress({ bound: '192.0.2.7', publicAddress: '203.0.113.5' });
    expect([local.towards('127.0.0.1'), local.towards('198.51.100.1')]).toEqual(['192.0.2.7', '203.0.113.5']);
    expect(new LocalAddress({ bound: '2001:db8::7' }).towards('2001:db8::9')).toBe('2001:db8::7');
  });

  it('answers in the family it is asked in, never with a link-local address to the world', () => {
    const local = new LocalAddress({ bound: '::' });
    expect(local.towards('::1')).toBe('::1');
    const outward = local.towards('2001:db8:ffff::1');
    expect(outward).toContain(':');
    expect(outward).not.toMatch(/^fe80/i);
    expect(new LocalAddress({ bound: '0.0.0.0' }).towards('198.51.100.1')).not.toContain(':');
  });

  it('finds the neighbour of a link-local peer, zone and all', () => {
    const own = Object.entries(networkInterfaces()).flatMap(([name, all]) =>
      (all ?? []).flatMap(({ address }) => (address.startsWith('fe80') ? [{ name, address }] : [])),
    )[0];
    if (!own) return;
    expect(new LocalAddress({ bound: '::' }).towards(`fe80::1234%${own.name}`)).toMatch(/^fe80/);
  });
});

it('RFC 4291 §2.2: every spelling of an IPv6 address has the same groups', () => {
  const groups = [0x2001, 0xdb8, 0, 0, 0, 0, 0xc000, 0x201];
  for (const text of [
    '2001:db8::c000:201',
    '2001:0DB8:0:0::C000:0201',
    '2001:db8::192.0.2.1',
    '2001:db8::c000:201%eth0',
  ]) {
    expect(ipv6Groups(text)).toEqual(groups);
  }
  expect(ipv6Groups('::')).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(ipv6Groups('::1')).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
});

it('RFC 4291 §2.5.5.2: IPv4 shown by an IPv6 socket is IPv4', () => {
  expect([plainAddress('::ffff:192.0.2.1'), plainAddress('::1')]).toEqual(['192.0.2.1', '::1']);
  expect([withoutZone('fe80::1%eth0'), isSameFamily('192.0.2.1', '::1')]).toEqual(['fe80::1', false]);
});
