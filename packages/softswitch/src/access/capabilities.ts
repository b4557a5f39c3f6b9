/** What calls may use; told to everybody who asks, and the same for all. */
export const allow = {
  name: 'Allow',
  value: 'INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, INFO, UPDATE, NOTIFY, SUBSCRIBE, PRACK, REGISTER',
};

/** The answer to OPTIONS, RFC 3261 §11.2. */
export const capabilities = {
  status: 200,
  headers: [
    allow,
    { name: 'Accept', value: 'application/sdp' },
    { name: 'Accept-Encoding', value: 'identity' },
    { name: 'Accept-Language', value: 'de, en' },
    { name: 'Supported', value: 'timer, replaces, 100rel, norefersub' },
  ],
};
