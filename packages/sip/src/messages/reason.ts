/** One value of the Reason header, RFC 3326. */
export interface Reason {
  readonly protocol: 'SIP' | 'Q.850' | (string & {});
  readonly cause?: number;
  readonly text?: string;
}
