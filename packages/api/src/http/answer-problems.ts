import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from '@amtsleitung/base';
import { ApiProblem } from './problem.ts';

const codeOfStatus: Readonly<Record<number, string>> = {
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-attempts',
};

/** Field of a schema error: `/roles/0` → `roles.0`. */
const fieldOf = (instancePath: string): string => instancePath.slice(1).replaceAll('/', '.');

function fieldsOf(error: FastifyError): Record<string, string> {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { instancePath, keyword } of (error.validation ?? []).slice(0, 50)) {
    fields[fieldOf(instancePath)] ??= keyword.replaceAll('_', '-');
  }
  return fields;
}

function asProblem(error: FastifyError): ApiProblem | undefined {
  if (error instanceof ApiProblem) return error;
  if (error.validation) return new ApiProblem(400, 'invalid-input', { fields: fieldsOf(error) });
  const status = error.statusCode ?? 500;
  if (status >= 500) return undefined;
  return new ApiProblem(status, codeOfStatus[status] ?? 'malformed-request');
}

export function sendProblem(reply: FastifyReply, problem: ApiProblem): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
  const { status, code, fields } = problem;
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({ type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, fields });
}

/** Every failure becomes one problem answer; what was not foreseen is logged and answered without details. */
export function answerProblems(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = asProblem(error);
    if (problem) return sendProblem(reply, problem);
    logger.error('request failed', {
      method: request.method,
      route: request.routeOptions.url,
      error: error.message,
      stack: error.stack,
    });
    return sendProblem(reply, new ApiProblem(500, 'internal'));
  });
}
