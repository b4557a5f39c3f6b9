import { describe, expect, it } from 'vitest';
import { sipRequest } from '../messages/sip-message.ts';
import { refuseRequest } from './request-screening.ts';

const headers = [
  { name: 'To', value: '<urn:service:sos>' },
  { name: 'Max-Forwards', value: '70' },
];
const statusOf = (uri: string) =>
  refuseRequest(sipRequest('INVITE', uri, headers, new Uint8Array(0)), { methods: ['INVITE'], supported: [] })?.status;

describe('screening of the Request-URI', () => {
  it.each([
    ['urn:service:sos', undefined],
    ['urn:service:sos.police', undefined],
    ['URN:Service:SOS.Fire', undefined],
    ['urn:service:sos.ambulance', undefined],
    ['urn:service:sos.police.extra', 416],
    ['urn:service:sosx', 416],
    ['urn:service:counseling', 416],
    ['urn:isbn:2983792873', 416],
  ])('RFC 5031 §3: %s as a Request-URI: %s', (uri, status) => expect(statusOf(uri)).toBe(status));
});
