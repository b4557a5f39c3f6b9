/** A caller in a hotline. Keeps its place until answered, gone or overflowed. Times are monotonic milliseconds. */
export interface WaitingCall {
  readonly callId: string;
  readonly hotlineId: string;
  /** Rises with every entry: the order of arrival over all hotlines. */
  readonly order: number;
  readonly enteredAt: number;
  /** Wall time of entry. */
  readonly since: number;
  /** Who was offered this call already; others come first. */
  readonly tried: ReadonlySet<string>;
  readonly offer?: OpenOffer;
}

export interface OpenOffer {
  readonly offerId: string;
  readonly personId: string;
  /** Lease: an offer whose outcome never arrives ends by itself. */
  readonly expiresAt: number;
}
