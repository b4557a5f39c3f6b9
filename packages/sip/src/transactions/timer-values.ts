/** RFC 3261 table 4, milliseconds. */
export const T1 = 500;
export const T2 = 4_000;
export const T4 = 5_000;
/** Timers B, F, H, L and M; also how long an INVITE server waits for its ACK. */
export const transactionTimeout = 64 * T1;
/** Timer D over UDP: at least 32 s. */
export const timerD = 32_000;

export type TimerName = 'A' | 'B' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M';
