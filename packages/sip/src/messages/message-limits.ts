/** What a message may cost before anybody is authenticated. Beyond: 400, 413 or the connection is cut. */
export interface MessageLimits {
  /** Octets of start line and headers. */
  readonly headerSection: number;
  /** Header lines, counted before lists are split, and header values after. */
  readonly headerCount: number;
  /** Octets of the body. */
  readonly body: number;
}

export const messageLimits: MessageLimits = { headerSection: 65_535, headerCount: 256, body: 1_048_576 };
