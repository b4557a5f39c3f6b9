import { describe, expect, it } from 'vitest';
import { boardView, hasAccess, maySeeBox, maySeeCall, messageBoxesOf, type Viewer } from './access-policy.ts';

const viewer = (roles: Viewer['roles'], personId = 'anna', tenantId = 'town'): Viewer => ({
  tenantId,
  personId,
  roles,
});
const service = { id: 'service', tenantId: 'town', memberIds: ['anna', 'ben'] };
const large = { id: 'large', tenantId: 'town', memberIds: ['anna', 'b', 'c', 'd', 'e'] };

describe('policy', () => {
  it('doors open upwards only', () => {
    const doors = ['public', 'person', 'lead', 'admin'] as const;
    const open = (who: Viewer | undefined) => doors.filter((door) => hasAccess(door, who));
    expect(open(undefined)).toEqual(['public']);
    expect(open(viewer([]))).toEqual(['public', 'person']);
    expect(open(viewer(['person']))).toEqual(['public', 'person']);
    expect(open(viewer(['person', 'lead']))).toEqual(['public', 'person', 'lead']);
    expect(open(viewer(['admin']))).toEqual([...doors]);
  });

  it('a call is for its own people, whatever the role; never across tenants', () => {
    const call = { tenantId: 'town', peopleIds: ['anna'] };
    expect(maySeeCall(viewer(['person']), call)).toBe(true);
    expect(maySeeCall(viewer(['admin', 'lead'], 'ben'), call)).toBe(false);
    expect(maySeeCall(viewer(['person'], 'anna', 'other'), call)).toBe(false);
  });

  it('boxes: the own one and those of own hotlines', () => {
    expect(messageBoxesOf(viewer(['person']), [service, { ...service, id: 'x', memberIds: ['ben'] }])).toEqual([
      { kind: 'person', personId: 'anna' },
      { kind: 'hotline', hotlineId: 'service' },
    ]);
    expect(maySeeBox(viewer(['admin'], 'cem'), { kind: 'hotline', hotlineId: 'service' }, [service])).toBe(false);
    expect(maySeeBox(viewer(['admin'], 'cem'), { kind: 'person', personId: 'anna' }, [service])).toBe(false);
    const stranger = viewer(['person'], 'anna', 'other');
    expect(maySeeBox(stranger, { kind: 'hotline', hotlineId: 'service' }, [service])).toBe(false);
  });

  it('sums of small teams are for leads', () => {
    expect(boardView(viewer(['person']), service)).toBe('without-agents');
    expect(boardView(viewer(['person']), large)).toBe('everything');
    expect(boardView(viewer(['lead'], 'zoe'), service)).toBe('everything');
    expect(boardView(viewer(['lead'], 'zoe'), { ...service, memberIds: ['anna'] })).toBe('without-agents');
    expect(boardView(viewer(['person'], 'zoe'), large)).toBe('nothing');
    expect(boardView(viewer(['admin'], 'anna', 'other'), service)).toBe('nothing');
  });
});
