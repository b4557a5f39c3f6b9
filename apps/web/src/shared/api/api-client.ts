import { problem, type Route } from '@amtsleitung/contract';
import type * as z from 'zod/mini';
import { ApiProblem } from './api-problem.ts';

type Schema = z.ZodMiniType;
type PartOf<R, Name extends string> =
  R extends Record<Name, infer S> ? (S extends Schema ? Record<Name, z.input<S>> : unknown) : unknown;
/** What a call of this route must bring: `params`, `query`, `body`, each only when the route has it. */
export type InputOf<R extends Route> = PartOf<R, 'params'> & PartOf<R, 'query'> & PartOf<R, 'body'>;
export type ReplyOf<R extends Route> = R extends { reply: infer S } ? (S extends Schema ? z.output<S> : void) : void;

interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** The address of a route with its parameters, e.g. for an `<audio>` element. */
export function addressOf(route: Route, input: AnyInput = {}): string {
  const path = route.path.replace(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent(String(input.params?.[name] ?? '')),
  );
  const query = Object.entries(input.query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  if (query.length === 0) return path;
  return `${path}?${new URLSearchParams(query.map(([name, value]) => [name, String(value)])).toString()}`;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const parsed = problem.safeParse(await response.json().catch(() => undefined));
  return new ApiProblem(
    parsed.success ? parsed.data : { status: response.status, code: `http-${String(response.status)}` },
  );
}

/** Runs one route of the contract. Throws `ApiProblem`. */
export async function callRoute<R extends Route>(route: R, input: InputOf<R>): Promise<ReplyOf<R>> {
  const given = input as AnyInput;
  const request: RequestInit = {
    method: route.method,
    credentials: 'same-origin',
    headers: { accept: 'application/json' },
  };
  if (given.body !== undefined) {
    request.headers = { ...request.headers, 'content-type': 'application/json' };
    request.body = JSON.stringify(given.body);
  }
  const response = await fetch(addressOf(route, given), request).catch(() => {
    throw new ApiProblem({ status: 0, code: 'offline' });
  });
  if (!response.ok) throw await problemOf(response);
  if (route.reply === undefined) return undefined as ReplyOf<R>;
  const parsed = route.reply.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw new ApiProblem({ status: response.status, code: 'unreadable-reply' });
  return parsed.data as ReplyOf<R>;
}
