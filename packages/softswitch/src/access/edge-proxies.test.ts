import { describe, expect, it } from 'vitest';
import { sipRequest } from '@amtsleitung/sip';
import { EdgeProxies } from './edge-proxies.ts';

const proxy = { transport: 'udp', address: '10.0.0.7', port: 5060, secure: false } as const;
const behind = (...vias: string[]) =>
  sipRequest(
    'REGISTER',
    'sip:town.example',
    vias.map((value) => ({ name: 'Via', value })),
  );
const own = 'SIP/2.0/UDP 10.0.0.7;branch=z9hG4bKp;received=10.0.0.7';

describe('edge proxies', () => {
  it('tell whose request they pass on', () => {
    const proxies = new EdgeProxies(['10.0.0.7']);
    const request = behind(own, 'SIP/2.0/UDP 192.168.1.4:5060;branch=z9hG4bKa;received=203.0.113.9;rport=31000');
    expect(proxies.placeOf(request, proxy).phone).toEqual({ address: '203.0.113.9', port: 31_000 });
  });

  it('are believed one hop far: what stands below is a claim', () => {
    const proxies = new EdgeProxies(['10.0.0.7']);
    const request = behind(own, 'SIP/2.0/UDP 203.0.113.9;branch=z9hG4bKa', 'SIP/2.0/UDP 10.9.9.9;branch=z9hG4bKb');
    expect(proxies.placeOf(request, proxy).phone).toEqual({ address: '203.0.113.9', port: 5060 });
  });

  it('see a phone that writes several Vias into one line, and believe the proxy’s own stamp', () => {
    const proxies = new EdgeProxies(['10.0.0.7']);
    const one = 'SIP/2.0/UDP 192.168.1.4;received=203.0.113.9;rport=31000;branch=z9hG4bKa;received=10.9.9.9';
    const request = behind(own, `${one}, SIP/2.0/UDP 10.9.9.9;branch=z9hG4bKb`);
    expect(proxies.placeOf(request, proxy).phone).toEqual({ address: '203.0.113.9', port: 31_000 });
  });

  it('are only those that were named', () => {
    const request = behind(own, 'SIP/2.0/UDP 203.0.113.9;branch=z9hG4bKa');
    expect(new EdgeProxies([]).placeOf(request, proxy)).toEqual(proxy);
    expect(new EdgeProxies(['10.0.0.7']).placeOf(behind(own), proxy)).toEqual(proxy);
  });
});
