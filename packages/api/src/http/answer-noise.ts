import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './answer-problems.ts';
import { ApiProblem } from './problem.ts';

/** An address that cannot be read reaches no route and no hook: the headers that matter are set here. */
export function answerUnroutable(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  reply.header('content-security-policy', "default-src 'none'").header('x-content-type-options', 'nosniff');
  void sendProblem(reply, new ApiProblem(error.statusCode ?? 400, 'malformed-request'));
}

const statusOf: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** What is no HTTP, too long or too slow: a status without a word about who answers, and the connection ends. */
export function refuseNoise(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (socket.destroyed) return;
  const status = statusOf[error.code ?? ''] ?? 400;
  if (socket.writable) {
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }
  socket.destroy();
}
