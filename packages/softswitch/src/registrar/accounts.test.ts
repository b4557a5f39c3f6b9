import { systemRandom } from '@amtsleitung/base';
import { VirtualClock } from '@amtsleitung/base/testing';
import type { DirectorySource, TownDirectory } from '@amtsleitung/domain';
import { describe, expect, it } from 'vitest';
import { device, town } from '../testing/index.ts';
import { Accounts } from './accounts.ts';
import { BrowserCredentials } from './browser-credentials.ts';

const other: TownDirectory = {
  ...town,
  tenant: { ...town.tenant, id: 'other', sipDomain: 'other.example' },
  devices: [{ ...device('erik-desk', 'erik'), tenantId: 'other' }],
};

function house() {
  const clock = new VirtualClock();
  const both = [town, other];
  const directory: DirectorySource = {
    all: () => both,
    byTenant: (id) => both.find((one) => one.tenant.id === id),
    onChange: () => () => {},
  };
  const removed: string[] = [];
  const browsers = new BrowserCredentials({ clock, random: systemRandom, directory }, (account, reason) =>
    removed.push(`${account.personId} ${reason}`),
  );
  return { clock, browsers, removed, accounts: new Accounts(directory, browsers) };
}

describe('the realm of a challenge', () => {
  it('is the tenant that is named, else the one of the user', () => {
    const { accounts } = house();
    expect(accounts.realmFor('Other.Example', 'mira-desk')).toBe('other.example');
    expect(accounts.realmFor('192.0.2.1', 'mira-desk')).toBe('town.example');
    expect(accounts.realmFor('192.0.2.1', 'erik-desk')).toBe('other.example');
  });

  it('does not tell that a name is nobody’s', () => {
    const { accounts } = house();
    const realms = Array.from({ length: 40 }, (_, index) => accounts.realmFor('192.0.2.1', `nobody${index}`));
    expect(new Set(realms)).toEqual(new Set(['town.example', 'other.example']));
    expect(accounts.realmFor('192.0.2.1', 'nobody1')).toBe(realms[1]);
  });
});

describe('browser credentials', () => {
  it('belong to tenant and person, and run out', () => {
    const { clock, browsers, accounts } = house();
    const credential = browsers.issue({ sessionId: 's', tenantId: 'other', personId: 'erik' });
    expect(accounts.find(credential.username)).toMatchObject({
      tenantId: 'other',
      personId: 'erik',
      realm: 'other.example',
    });
    expect(JSON.stringify(accounts.find(credential.username))).not.toContain(credential.password);
    clock.advance(credential.expiresAt - clock.now());
    expect(accounts.find(credential.username)).toBeUndefined();
  });

  it('are told when they stop before their time', () => {
    const { browsers, removed } = house();
    for (let count = 0; count < 2; count++) browsers.issue({ sessionId: 's', tenantId: 'town', personId: 'mira' });
    browsers.revokeSession('s');
    browsers.revokeSession('s');
    expect(removed).toEqual(['mira replaced', 'mira revoked']);
  });
});
