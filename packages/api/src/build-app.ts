import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { registerAdminRoutes } from './admin/admin-routes.ts';
import type { ApiContext } from './api-context.ts';
import type { ApiOptions } from './api-options.ts';
import { registerBoardRoutes } from './board/board-routes.ts';
import { registerCallRoutes } from './calls/call-routes.ts';
import { registerCertificateRoutes } from './certificates/certificate-routes.ts';
import { createServices, type Services } from './create-services.ts';
import { registerHotlineRoutes } from './hotline/hotline-routes.ts';
import { answerProblems } from './http/answer-problems.ts';
import { answerUnroutable, refuseNoise } from './http/answer-noise.ts';
import { describeRoutes } from './http/open-api.ts';
import { RouteRegistrar } from './http/register-route.ts';
import { keepRouteCatalogue, type RouteEntry } from './http/route-catalogue.ts';
import { sendSecurityHeaders } from './http/security-headers.ts';
import { serveWebApp } from './http/web-app.ts';
import { registerMessageRoutes } from './messages/message-routes.ts';
import { registerOwnPhoneRoutes } from './phone/own-phone-routes.ts';
import { registerPhoneRoutes } from './phone/phone-routes.ts';
import { createGatekeeper } from './session/gatekeeper.ts';
import { registerPasswordRoute } from './session/password-route.ts';
import { registerSessionRoutes } from './session/session-routes.ts';
import { registerSetUpRoute } from './session/set-up-route.ts';
import { registerRightsRoutes } from './rights/rights-routes.ts';
import { registerTeamRoutes } from './team/team-routes.ts';
import { registerTracingRoutes } from './tracing/tracing-routes.ts';
import { registerTrunkLiveRoutes } from './trunks/trunk-live-routes.ts';

const bodyLimit = 1_048_576;
const requestMilliseconds = 30_000;
/** A peer that dawdles with its headers holds a place for little longer than this. */
const patience = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 };

export interface BuiltApp {
  readonly app: FastifyInstance;
  readonly entries: readonly RouteEntry[];
  readonly services: Services;
}

/** Puts the parts together; nothing is bound yet. */
export function buildApp(options: ApiOptions): BuiltApp {
  const app = createServer(options);
  const services = createServices(options, app.server);
  const entries = keepRouteCatalogue(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Only JSON is understood: a foreign page's form cannot even be parsed.
  app.removeContentTypeParser('text/plain');
  answerProblems(app, options.logger);
  sendSecurityHeaders(app, options.tls !== undefined || options.behindProxy);
  app.register(cookie);
  app.register(rateLimit, { global: false, max: options.signInsPerMinute ?? 600, timeWindow: 60_000 });
  describeRoutes(app);
  app.register(async (inner) => registerRoutes(inner, services));
  serveWebApp(app, options.webFolder);
  return { app, entries, services };
}

function createServer({ tls, behindProxy }: ApiOptions): FastifyInstance {
  return fastify({
    ...(tls ? { https: { ...patience, cert: tls.certificate, key: tls.key } } : { http: patience }),
    frameworkErrors: answerUnroutable,
    clientErrorHandler: refuseNoise,
    // Exactly one proxy is believed: the address and scheme it wrote last.
    trustProxy: behindProxy ? (_address: string, hop: number) => hop === 0 : false,
    bodyLimit,
    requestTimeout: requestMilliseconds,
    routerOptions: { maxParamLength: 100 },
  }) as unknown as FastifyInstance;
}

function registerRoutes(app: FastifyInstance, services: Services): void {
  const { ports, keeper } = services;
  const gatekeeper = createGatekeeper(keeper, ports.directory, ports);
  const context: ApiContext = { ...services, routes: new RouteRegistrar(app, gatekeeper) };
  registerSessionRoutes(context);
  registerPasswordRoute(context);
  registerSetUpRoute(context);
  registerPhoneRoutes(context);
  registerOwnPhoneRoutes(context);
  registerHotlineRoutes(context);
  registerTeamRoutes(context);
  registerBoardRoutes(context);
  registerCallRoutes(context);
  registerMessageRoutes(context);
  registerAdminRoutes(context);
  registerRightsRoutes(context);
  registerTrunkLiveRoutes(context);
  registerTracingRoutes(context);
  registerCertificateRoutes(context);
}
