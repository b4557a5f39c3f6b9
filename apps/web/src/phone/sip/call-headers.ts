/** The part of a SIP message this file reads. */
export interface HeaderSource {
  getHeader(name: string): string | undefined | null;
}

/** What the house writes into an INVITE for its own phones. */
export interface CallHeaders {
  readonly callId: string | undefined;
  /** The call that a command of one tab started; that tab answers by itself. */
  readonly autoAnswerFor: string | undefined;
  readonly subject: string | undefined;
}

const text = (source: HeaderSource, name: string): string | undefined => {
  const value = source.getHeader(name)?.trim();
  return value === undefined || value === '' ? undefined : value;
};

export const readCallHeaders = (request: HeaderSource): CallHeaders => ({
  callId: text(request, 'X-Amtsleitung-Call'),
  autoAnswerFor: text(request, 'X-Amtsleitung-Auto-Answer'),
  subject: text(request, 'Subject'),
});

/** RFC 3326: a CANCEL with cause 200 says that another phone has answered. */
export const wasAnsweredElsewhere = (message: HeaderSource): boolean =>
  /;\s*cause\s*=\s*200\b/i.test(text(message, 'Reason') ?? '');
