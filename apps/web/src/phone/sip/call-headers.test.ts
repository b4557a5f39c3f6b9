import { describe, expect, it } from 'vitest';
import { readCallHeaders, wasAnsweredElsewhere } from './call-headers.ts';

const message = (headers: Record<string, string>) => ({ getHeader: (name: string) => headers[name] });

describe('headers of the house', () => {
  it('reads them and takes empty ones for missing', () => {
    expect(
      readCallHeaders(
        message({ 'X-Amtsleitung-Call': ' c1 ', 'X-Amtsleitung-Auto-Answer': '', Subject: 'Bürgerservice' }),
      ),
    ).toEqual({ callId: 'c1', autoAnswerFor: undefined, subject: 'Bürgerservice' });
  });
  it('tells a call somebody else took from one that went away', () => {
    expect(wasAnsweredElsewhere(message({ Reason: 'SIP;cause=200;text="Call completed elsewhere"' }))).toBe(true);
    expect(wasAnsweredElsewhere(message({ Reason: 'Q.850 ;cause=26, SIP ; cause = 200' }))).toBe(true);
    expect(wasAnsweredElsewhere(message({ Reason: 'Q.850;cause=16' }))).toBe(false);
    expect(wasAnsweredElsewhere(message({ Reason: 'SIP;cause=2000' }))).toBe(false);
    expect(wasAnsweredElsewhere(message({}))).toBe(false);
  });
});
