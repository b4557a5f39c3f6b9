/** Signed distance from `from` to `to` on a 16-bit circle: positive when `to` is newer. RFC 1982 §3.2. */
export function sequenceDistance(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

/** Signed distance from `from` to `to` on a 32-bit circle. */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0;
}
