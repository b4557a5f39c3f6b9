import { afterAll, beforeAll, it } from 'vitest';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { Sipp } from './harness/sipp.ts';
import { newDevice, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'registration' });
});
afterAll(() => house.tearDown());

story('a phone registers', ['sipp'], () => {
  it.each(['udp', 'tcp'] as const)(
    'RFC 3665 §2.1, RFC 3665 §2.2, RFC 3665 §2.3, RFC 3665 §2.4: registers, adds a contact, asks for the list and cancels all (%s)',
    async (transport) => {
      const { user, password, domain } = await newDevice(house, town.mira.name);
      const sipp = await Sipp.start({
        ...{ scenario: 'registration', target: house.sipTarget, host: '127.0.0.1', transport },
        ...{ keys: { user, domain }, credentials: { user, password }, authenticates: domain },
      });
      await sipp.done;
    },
  );

  it('RFC 3665 §2.5: a wrong password is challenged again and registers nothing', async () => {
    const { user, domain } = await newDevice(house, town.mira.name);
    const sipp = await Sipp.start({
      ...{ scenario: 'registration-refused', target: house.sipTarget, host: '127.0.0.1' },
      ...{ keys: { user, domain }, credentials: { user, password: 'not-the-password' }, authenticates: domain },
    });
    await sipp.done;
  });
});
