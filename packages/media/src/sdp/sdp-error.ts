/** A session description we cannot use: 400 when it is malformed, 488 when it asks for what we do not do. */
export class SdpError extends Error {
  readonly sipStatus: 400 | 488;

  constructor(sipStatus: 400 | 488, message: string) {
    super(message);
    this.name = 'SdpError';
    this.sipStatus = sipStatus;
  }
}
