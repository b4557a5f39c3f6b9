import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { PortPool } from './port-pool.ts';

describe('the port pool', () => {
  const open = () => {
    const clock = new VirtualClock();
    return { clock, pool: new PortPool({ first: 30_001, last: 30_010 }, clock, seededRandom(1)) };
  };

  it('gives every even port once, in no order, and then none', () => {
    const { pool } = open();
    const ports = Array.from({ length: 5 }, () => pool.take());
    expect([...ports].sort()).toEqual([30_002, 30_004, 30_006, 30_008, 30_010]);
    expect(ports).not.toEqual([30_002, 30_004, 30_006, 30_008, 30_010]);
    expect(pool.take()).toBeUndefined();
  });

  it('lets a port rest for two seconds', () => {
    const { pool, clock } = open();
    const ports = Array.from({ length: 5 }, () => pool.take()!);
    pool.release(ports[0]!);
    pool.release(ports[0]!);
    clock.advance(1999);
    expect(pool.take()).toBeUndefined();
    clock.advance(1);
    expect(pool.take()).toBe(ports[0]);
    expect(pool.take()).toBeUndefined();
  });
});
