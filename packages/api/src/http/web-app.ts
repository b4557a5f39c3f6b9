import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from './answer-problems.ts';
import { notFound } from './problem.ts';

/** Vite names files below `assets/` after their content. */
const cacheControlOf = (file: string): string =>
  /[/\\]assets[/\\]/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';

/** Pages have no dot in their last part; a missing script or picture is missing. */
const isPage = ({ method, url }: FastifyRequest): boolean => {
  const path = url.split('?')[0]!;
  const ofServer = /^\/(?:api|sip|assets)(?:\/|$)/.test(path);
  return (method === 'GET' || method === 'HEAD') && !ofServer && !path.split('/').at(-1)!.includes('.');
};

/** The built web app with its pages' addresses; everything else is a 404 problem. */
export function serveWebApp(app: FastifyInstance, folder: string | undefined): void {
  const built = folder !== undefined && existsSync(join(folder, 'index.html'));
  if (built) {
    app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      dotfiles: 'ignore',
      setHeaders: (reply, path) => reply.setHeader('cache-control', cacheControlOf(path)),
    });
  }
  app.setNotFoundHandler((request, reply) =>
    built && isPage(request) ? reply.sendFile('index.html') : sendProblem(reply, notFound()),
  );
}
