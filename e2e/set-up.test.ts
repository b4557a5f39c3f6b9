import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { adminRoutes, sessionRoutes } from '@amtsleitung/contract';
import { TestPhone, TestTrunk, sineSource } from '@amtsleitung/simulator';
import { House } from './harness/house.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber } from './harness/town.ts';

describe('an empty house', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.start({ topic: 'empty', empty: true });
  });
  afterAll(() => house.tearDown());

  it('has nobody in it and no password that works', async () => {
    const visitor = house.visitor();
    expect(await visitor.call(sessionRoutes.entrance)).toMatchObject({ state: 'setup', demoPeople: [] });
    for (const login of ['admin', 'root', 'administrator']) {
      const answer = await visitor.send(sessionRoutes.signIn, { body: { login, password: login } });
      expect(answer.status).toBe(401);
    }
  });

  it('lets the first administrator in once, by the link, who brings it to its first call', async () => {
    const token = new URL(house.address.setupLink!).searchParams.get('token')!;
    const admin = house.visitor();
    const body = {
      token,
      tenantName: 'Neustadt',
      firstName: 'Erna',
      lastName: 'Erste',
      login: 'erna.erste',
      password: 'ein langes Kennwort',
    };
    expect((await admin.send(sessionRoutes.setUp, { body: { ...body, token: `${token}x` } })).status).toBe(403);
    const signedIn = await admin.call(sessionRoutes.setUp, { body });
    expect(signedIn.roles).toContain('admin');
    expect((await house.visitor().send(sessionRoutes.setUp, { body })).ok).toBe(false);
    expect(await house.visitor().call(sessionRoutes.entrance)).toMatchObject({ state: 'ready', demoPeople: [] });

    const trunk = await TestTrunk.open({ server: house.address.sip, host: '127.0.0.3' });
    onTestFinished(() => trunk.close());
    const { id: trunkId } = await admin.call(adminRoutes.createTrunk, {
      body: {
        name: 'Anbieter',
        host: trunk.host,
        port: trunk.port,
        transport: 'udp',
        sourceAddresses: [trunk.host],
        username: '',
        outgoingCapacity: 10,
      },
    });
    const { id: headNumberId } = await admin.call(adminRoutes.createHeadNumber, {
      body: { e164: '+49499922', areaCodeLength: 4, trunkId },
    });
    const { id: siteId } = await admin.call(adminRoutes.createSite, {
      body: {
        name: 'Rathaus',
        address: 'Markt 1, 00000 Neustadt',
        emergencyNumber: '+494999220',
        emergencyTrunkId: trunkId,
      },
    });
    const { id: departmentId } = await admin.call(adminRoutes.createDepartment, {
      body: { name: 'Bürgerbüro', siteId },
    });
    const { id: personId } = await admin.call(adminRoutes.createPerson, {
      body: {
        firstName: 'Paul',
        lastName: 'Pforte',
        departmentId,
        siteId,
        duties: '',
        roles: ['person'],
        language: 'de',
      },
    });
    await admin.call(adminRoutes.createNumber, {
      body: { headNumberId, extension: '10', destination: { kind: 'person', personId } },
    });
    const secret = await admin.call(adminRoutes.createDevice, { body: { personId, siteId, label: 'Pforte' } });
    const account = { user: secret.sipUser, password: secret.password, domain: secret.sipDomain };
    const says = () => sineSource(tones.desk);
    const phone = await TestPhone.open({ server: house.address.sip, account, says, whenCalled: 'answer' });
    onTestFinished(() => phone.close());
    await phone.mustRegister();
    const citizen = await trunk.call('+4949992210', { from: citizenNumber(1), says: sineSource(tones.citizen) });
    const call = await phone.untilCalled();
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    citizen.hangUp();
    await call.untilEnded();
  });
});
