import type { FastifyReply, FastifyRequest } from 'fastify';
import { messageRoutes } from '@amtsleitung/contract';
import type { ApiContext } from '../api-context.ts';
import { ApiProblem, notFound } from '../http/problem.ts';
import { byteRange } from './byte-range.ts';
import { findOwnMessage, listOwnMessages } from './own-messages.ts';
import { presentMessage } from './present-message.ts';

export function registerMessageRoutes({ routes, ports, hub, audit }: ApiContext): void {
  const { messages, clock } = ports;
  routes.answer(
    messageRoutes.list,
    ({ actor }) => listOwnMessages(messages, actor),
    (list, { actor }) => ({ messages: list.map((message) => presentMessage(message, actor.directory)) }),
  );
  routes.file(messageRoutes.audio, async ({ actor, params, request, reply }) => {
    const { file } = await findOwnMessage(messages, actor, params.id);
    const bytes = await ports.readMessageFile(file);
    if (!bytes) throw notFound();
    return sendAudio(request, reply, bytes);
  });
  routes.act(messageRoutes.setDone, async ({ actor, params, body }) => {
    const { id, box } = await findOwnMessage(messages, actor, params.id);
    const done = body.done ? { personId: actor.person.id, at: clock.now() } : undefined;
    await messages.setDone(actor.tenant.id, id, done);
    audit.changed(actor.tenant.id, actor.person.id, 'message', id, 'updated');
    hub.messagesChanged(actor.tenant.id, box);
  });
  routes.act(messageRoutes.remove, async ({ actor, params }) => {
    const { id, box, file } = await findOwnMessage(messages, actor, params.id);
    await messages.delete(actor.tenant.id, id);
    await ports.removeMessageFile(file).catch((error: unknown) => {
      // The row is gone and nobody can listen any more, but the voice still lies on the disk.
      ports.logger.error('message file could not be removed', { file, error: String(error) });
    });
    audit.changed(actor.tenant.id, actor.person.id, 'message', id, 'deleted');
    hub.messagesChanged(actor.tenant.id, box);
  });
}

/** Browsers seek in audio by ranges; some play nothing from a server without them. */
function sendAudio(request: FastifyRequest, reply: FastifyReply, bytes: Uint8Array): FastifyReply {
  reply.type('audio/wav').header('accept-ranges', 'bytes').header('content-disposition', 'inline');
  const range = byteRange(request.headers.range, bytes.length);
  if (range === undefined) return reply.send(Buffer.from(bytes));
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${bytes.length}`);
    throw new ApiProblem(416, 'range-not-satisfiable');
  }
  const { first, last } = range;
  reply.code(206).header('content-range', `bytes ${first}-${last}/${bytes.length}`);
  return reply.send(Buffer.from(bytes.subarray(first, last + 1)));
}
