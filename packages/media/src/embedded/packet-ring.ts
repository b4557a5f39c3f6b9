/** Room for a frame of any packet time, its header and its tag. */
export const packetCapacity = 1600;
const size = 1024;

/**
 * Packets to be sent, reused in turn. The system may still hold a packet it could not send at once, so a buffer comes
 * round again only after 1023 others.
 */
export class PacketRing {
  readonly #packets = Array.from({ length: size }, () => Buffer.allocUnsafeSlow(packetCapacity));
  #next = 0;

  take(): Buffer {
    const packet = this.#packets[this.#next]!;
    this.#next = (this.#next + 1) % size;
    return packet;
  }
}
