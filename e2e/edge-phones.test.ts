import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { TestTrunk, sineSource } from '@amtsleitung/simulator';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { Baresip } from './harness/baresip.ts';
import { EdgeProxy } from './harness/edge-proxy.ts';
import { House } from './harness/house.ts';
import { Linphone } from './harness/linphone.ts';
import { story } from './harness/programs.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, newDevice, town } from './harness/town.ts';

const edgeHost = '127.0.0.9';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'edge-phones', args: ['--sip-proxies', edgeHost] });
});
afterAll(() => house.tearDown());

const startEdge = () => EdgeProxy.start({ host: edgeHost, house: house.address.sip });

async function citizens(): Promise<TestTrunk> {
  const trunk = await TestTrunk.open({ server: house.address.sip, says: () => sineSource(tones.citizen) });
  onTestFinished(() => trunk.close());
  return trunk;
}

async function baresip(edge: EdgeProxy, person: string): Promise<Baresip> {
  const account = await newDevice(house, person, 'baresip');
  const phone = await Baresip.start({ tone: tones.colleague, server: edge.address, account });
  await phone.registered();
  return phone;
}

story('softphones of a data centre behind its Kamailio', ['kamailio', 'baresip', 'linphonec'], () => {
  it('RFC 3327 §5.3: call each other, hold and are called from outside', async () => {
    const edge = await startEdge();
    const pia = await baresip(edge, town.pia.name);
    const account = await newDevice(house, town.mira.name, 'linphone');
    const mira = await Linphone.start({ tone: tones.desk, server: edge.address, account });

    mira.command(`call ${town.pia.extension}`);
    await pia.until(['CALL_INCOMING']);
    pia.command('accept');
    await Promise.all([pia.ear.untilHears(tones.desk), mira.ear.untilHears(tones.colleague)]);
    mira.command('pause 1');
    await pia.ear.untilSilentOf(tones.desk);
    mira.command('resume 1');
    await Promise.all([pia.ear.untilHears(tones.desk), mira.ear.untilHears(tones.colleague)]);
    pia.command('hangup');
    await mira.until(/Call 1 .* ended/);

    const trunk = await citizens();
    const call = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(1) });
    await mira.until(/Receiving new incoming call|is contacting you/);
    mira.command('answer');
    await call.untilAnswered();
    await Promise.all([call.rtp.untilHears(tones.desk), mira.ear.untilHears(tones.citizen)]);
    call.hangUp();
    await mira.until(/Call 2 .* ended/);
  });

  it('lose neither their call nor their registration when it starts anew', async () => {
    const edge = await startEdge();
    const pia = await baresip(edge, town.pia.name);
    const trunk = await citizens();
    const first = await trunk.call(`${town.head}${town.pia.extension}`, { from: citizenNumber(2) });
    await pia.until(['CALL_INCOMING']);
    pia.command('accept');
    await first.untilAnswered();
    await edge.program.kill();
    await Promise.all([first.rtp.untilHears(tones.colleague), pia.ear.untilHears(tones.citizen)]);
    await edge.program.startAgain();
    await first.rtp.untilHears(tones.colleague);
    first.hangUp();
    await pia.until(['CALL_CLOSED']);

    const mark = pia.events.length;
    const second = await trunk.call(`${town.head}${town.pia.extension}`, { from: citizenNumber(3) });
    await pia.until(['CALL_INCOMING'], 15_000, mark);
    pia.command('accept');
    await second.untilAnswered();
    second.hangUp();
    await second.untilEnded();
  });
});

story('a Kamailio at the edge', ['kamailio'], () => {
  it('makes no trunk of whoever stands behind it, whatever that one claims', async () => {
    const edge = await startEdge();
    const place = await stranger();
    const forged = [';rport', `;received=${provider};rport=5060`];
    for (const [index, parameters] of forged.entries()) {
      const invite = inviteFrom(`${provider}:5060;branch=z9hG4bKforged${index}${parameters}`, index);
      expect(await place.ask(invite, edge.address)).toBe('401');
      expect(await place.ask(inviteFrom(`${provider};branch=z9hG4bKdirect${index};rport`, 10), house.address.sip)).toBe(
        '401',
      );
    }
  });

  it('shows who guesses passwords, whatever address that one claims', async () => {
    const edge = await startEdge();
    const account = await newDevice(house, town.fritz.name);
    const place = await stranger();
    const statuses: string[] = [];
    for (let attempt = 0; attempt < 20; attempt++) {
      const via = `10.0.0.${attempt}:5060;branch=z9hG4bKguess${attempt};received=10.0.0.${attempt};rport=9`;
      statuses.push(await place.ask(guess(account, via, attempt + 1), edge.address));
    }
    expect(statuses.slice(0, 9)).toEqual(Array<string>(9).fill('401'));
    expect(statuses.at(-1)).toBe('480');
    expect(house.lines.filter((line) => line.includes('Too many wrong passwords')).join()).toContain(place.host);
    await deskPhone(house, town.fritz.name, { server: edge.address, account });
  });
});

/** The demo trunk is known by this address. */
const provider = '127.0.0.2';

/** Somebody who writes what it likes. `ask` resolves with the final status. */
async function stranger() {
  const host = '127.0.0.13';
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  await new Promise<void>((resolve) => socket.bind(0, host, resolve));
  const ask = async (message: string, to: { readonly host: string; readonly udp: number }): Promise<string> => {
    socket.send(message, to.udp, to.host);
    for (;;) {
      const [answer] = (await once(socket, 'message', { signal: AbortSignal.timeout(5_000) })) as [Buffer];
      const status = /^SIP\/2\.0 ([2-6]\d\d) /.exec(answer.toString())?.[1];
      if (status !== undefined) return status;
    }
  };
  return { host, ask };
}

function inviteFrom(via: string, index: number): string {
  const number = `${town.head}${town.mira.extension}`;
  const caller = `<sip:${citizenNumber(4)}@${provider}>`;
  return message(`INVITE sip:${number}@127.0.0.1`, {
    Via: `SIP/2.0/UDP ${via}`,
    From: `${caller};tag=forged`,
    To: `<sip:${number}@127.0.0.1>`,
    'P-Asserted-Identity': caller,
    Contact: `<sip:provider@${provider}>`,
    'Call-ID': `forged-${index}-${randomUUID()}`,
    CSeq: '1 INVITE',
  });
}

/** A REGISTER with a wrong answer to a challenge of nobody's. */
function guess(
  { user, domain }: { readonly user: string; readonly domain: string },
  via: string,
  cseq: number,
): string {
  const keys = `username="${user}", realm="${domain}", nonce="guessed", uri="sip:${domain}", algorithm=MD5`;
  return message(`REGISTER sip:${domain}`, {
    Via: `SIP/2.0/UDP ${via}`,
    From: `<sip:${user}@${domain}>;tag=guess`,
    To: `<sip:${user}@${domain}>`,
    Contact: `<sip:${user}@127.0.0.13>`,
    'Call-ID': `guess-${user}`,
    CSeq: `${cseq} REGISTER`,
    Authorization: `Digest ${keys}, qop=auth, nc=00000001, cnonce="c", response="${'0'.repeat(32)}"`,
  });
}

function message(start: string, headers: Readonly<Record<string, string>>): string {
  const all = { ...headers, 'Max-Forwards': '70', 'Content-Length': '0' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${start} SIP/2.0`, ...lines, '', ''].join('\r\n');
}
