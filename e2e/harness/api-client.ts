import type { Problem, Route } from '@amtsleitung/contract';
import type * as z from 'zod/mini';

type Output<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined;
type Input<Schema> = Schema extends z.ZodMiniType ? z.input<Schema> : undefined;

export interface CallInput<R extends Route> {
  readonly params?: Input<R['params']>;
  readonly query?: Input<R['query']>;
  readonly body?: Input<R['body']>;
}

/** The API refused; carries its problem answer. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(what: string, status: number, problem: Problem | undefined) {
    super(`${what}: ${status} ${problem?.code ?? ''} ${problem?.detail ?? ''}`);
    this.status = status;
    this.problem = problem;
  }
}

/** One browser's worth of API access: the contract's routes and a session cookie. */
export class ApiClient {
  readonly origin: string;
  #cookie = '';

  constructor(origin: string) {
    this.origin = origin;
  }

  get cookie(): string {
    return this.#cookie;
  }

  /** Another client with the same cookie, as a copied session would be. */
  copy(): ApiClient {
    const client = new ApiClient(this.origin);
    client.#cookie = this.#cookie;
    return client;
  }

  /** Calls a route and checks its answer against the contract. Rejects with `ApiRefusal`. */
  async call<R extends Route>(route: R, input: CallInput<R> = {}): Promise<Output<R['reply']>> {
    const response = await this.send(route, input);
    const text = await response.text();
    if (!response.ok) throw new ApiRefusal(`${route.method} ${route.path}`, response.status, problemIn(text));
    return (route.reply ? route.reply.parse(JSON.parse(text)) : undefined) as Output<R['reply']>;
  }

  /** Calls a route and hands the bare answer back, whatever it is. */
  async send<R extends Route>(route: R, input: CallInput<R> = {}): Promise<Response> {
    const params = (input.params ?? {}) as Record<string, string>;
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const query = new URLSearchParams((input.query ?? {}) as Record<string, string>).toString();
    return this.fetch(query ? `${path}?${query}` : path, {
      method: route.method,
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    });
  }

  /** A bare request of this session, with the origin a browser would send. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(new URL(path, this.origin), {
      redirect: 'manual',
      ...init,
      headers: {
        origin: this.origin,
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(init.headers as Record<string, string> | undefined),
      },
    });
    this.#keep(response.headers.getSetCookie());
    return response;
  }

  #keep(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [pair = ''] = cookie.split(';');
      const gone = /;\s*max-age=0\b|expires=Thu, 01 Jan 1970/i.test(cookie) || pair.endsWith('=');
      this.#cookie = gone ? '' : pair;
    }
  }
}

function problemIn(text: string): Problem | undefined {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return undefined;
  }
}
