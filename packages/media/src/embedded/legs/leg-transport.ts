/** The way of a leg's packets to and from its far side. */
export interface LegTransport {
  /** Whether packets would reach anybody. */
  readonly ready: boolean;
  /** Sends `packet[0 … length)`; the buffer may be changed and has room for a tag. */
  send(packet: Buffer, length: number): void;
  /** Sends a control packet the same way, where the far side takes them. */
  sendControl(packet: Buffer, length: number): void;
  /** Monotonic time of the last sign of life that proves the far side is there; undefined before the first. */
  readonly lastSign: number | undefined;
  close(): void;
}

/** What a transport tells its leg. */
export interface LegTransportEvents {
  /** An RTP packet from the far side itself: authenticated, or from the locked source. Returns whether it was wanted. */
  onPacket(packet: Buffer): void;
  /** Keys are agreed and the certificate is the announced one. */
  onVerified(): void;
  onInsecure(reason: string): void;
}
