import '@fastify/rate-limit';
import type {
  FastifyContextConfig,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  RouteShorthandOptions,
} from 'fastify';
import type * as z from 'zod/mini';
import type { Access, Route } from '@amtsleitung/contract';
import { rememberedActor, type Actor } from '../session/actor.ts';
import { notSignedIn } from './problem.ts';

type OutputOf<R, Part extends keyof Route> = R extends { readonly [part in Part]: infer Schema extends z.ZodMiniType }
  ? z.output<Schema>
  : undefined;

/** A request after access check and validation. */
export interface Call<R extends Route> {
  readonly params: OutputOf<R, 'params'>;
  readonly query: OutputOf<R, 'query'>;
  readonly body: OutputOf<R, 'body'>;
  /** Undefined on public routes only. */
  readonly actor: R['access'] extends 'public' ? Actor | undefined : Actor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type ReplyOf<R> = OutputOf<R, 'reply'>;
type Replying = Route & { readonly reply: z.ZodMiniType };
type Silent = Route & { readonly reply?: undefined };
type Allowance = FastifyContextConfig['rateLimit'];
type Awaitable<Value> = Value | Promise<Value>;

/** Checked before anything of the request's body is read. Throws an `ApiProblem`. */
export type Gatekeeper = (access: Access, request: FastifyRequest) => Promise<void>;

/**
 * The only way a route of the contract gets into the server: access, validation of what comes in and of what goes out
 * are taken from the contract, so none of them can be forgotten.
 */
export class RouteRegistrar {
  readonly #app: FastifyInstance;
  readonly #gatekeeper: Gatekeeper;

  constructor(app: FastifyInstance, gatekeeper: Gatekeeper) {
    this.#app = app;
    this.#gatekeeper = gatekeeper;
  }

  /** A route that answers: `handle` decides, `present` writes it in the contract's words. */
  answer<R extends Replying, Value>(
    route: R,
    handle: (call: Call<R>) => Awaitable<Value>,
    present: (value: Value, call: Call<R>) => ReplyOf<R>,
    config: RouteShorthandOptions['config'] = {},
  ): void {
    this.#add(route, config, async (call, reply) => reply.send(present(await handle(call), call)));
  }

  /** A route whose success says nothing: 204. */
  act<R extends Silent>(
    route: R,
    handle: (call: Call<R>) => Awaitable<void>,
    config: RouteShorthandOptions['config'] = {},
  ): void {
    this.#add(route, config, async (call, reply) => {
      await handle(call);
      return reply.code(204).send();
    });
  }

  /** A route whose answer is a file: `send` writes it. */
  file<R extends Silent>(route: R, send: (call: Call<R>) => Promise<FastifyReply>): void {
    this.#add(route, {}, (call) => send(call));
  }

  #add<R extends Route>(
    route: R,
    config: RouteShorthandOptions['config'],
    respond: (call: Call<R>, reply: FastifyReply) => Promise<FastifyReply>,
  ): void {
    const { method, path, access } = route;
    this.#app.route({
      method,
      url: path,
      config: { ...config, access, rateLimit: allowanceOf(route, config?.rateLimit) },
      schema: schemaOf(route),
      onRequest: (request) => this.#gatekeeper(access, request),
      handler: (request, reply) => respond(callOf<R>(access, request, reply), reply),
    });
  }
}

/** A minute; far above what a person and their screens do, far below what would cost the house anything. */
const mostReads = 1_200;
const mostWrites = 240;

/** How often one person may use one route. Public routes go by address, where they have a limit at all. */
function allowanceOf({ access, method }: Route, given: Allowance): Allowance {
  if (access === 'public') return given;
  return {
    max: method === 'GET' ? mostReads : mostWrites,
    ...given,
    // After the gatekeeper, which knows who asks.
    hook: 'preHandler',
    keyGenerator: (request) => rememberedActor(request)?.person.id ?? request.ip,
  };
}

function schemaOf({ params, query, body, reply }: Route): FastifySchema {
  return {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(reply && { response: { 200: reply } }),
  };
}

function callOf<R extends Route>(access: Access, request: FastifyRequest, reply: FastifyReply): Call<R> {
  const actor = rememberedActor(request);
  if (access !== 'public' && !actor) throw notSignedIn();
  const { params, query, body } = request;
  return { params, query, body, actor, request, reply } as Call<R>;
}
