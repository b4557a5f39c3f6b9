import { connect } from 'node:net';
import type { Destination } from './destination.ts';
import { StreamTransport } from './stream-transport.ts';
import type { StreamProtocol, StreamTransportOptions } from './stream-transport.ts';

export type TcpTransportOptions = StreamTransportOptions;

const plainStream: StreamProtocol = {
  protocol: 'tcp',
  isListening: true,
  readyEvent: 'connect',
  accept: (socket, ready) => ready(socket),
  connect: ({ address, port }: Destination, localAddress) =>
    connect({ host: address, port, ...(localAddress === undefined ? {} : { localAddress }) }),
};

/** SIP over TCP, RFC 3261 §18. */
export class TcpTransport extends StreamTransport {
  constructor(options: TcpTransportOptions) {
    super(options, plainStream);
  }
}
