import { randomUUID } from 'node:crypto';
import { setPriority } from 'node:os';
import { systemClock, systemRandom, systemTimers, type Logger, type LogFields } from '@amtsleitung/base';
import type { MediaEvent } from '../engine/media-engine.ts';
import { BrowserPort } from './browser/browser-port.ts';
import { createDtlsCertificate } from './browser/dtls-certificate.ts';
import { ControlServer } from './control/control-server.ts';
import { controlSocket } from './control/control-socket.ts';
import type { LogLevel } from './control-protocol.ts';
import { configurationText, type MediaSettings } from './engine-options.ts';
import { Farewell } from './farewell.ts';
import { MediaHost } from './media-host.ts';

/** The media process: started by the server, but not ended with it. Its only argument is `MediaSettings` as JSON. */
async function main(settings: MediaSettings): Promise<void> {
  let server: ControlServer | undefined = undefined as ControlServer | undefined;
  const log = (level: LogLevel, message: string, fields: LogFields = {}): void => server?.log(level, message, fields);
  const logger = newLogger(log);
  const onError = (error: unknown): void => logger.error('a datagram broke its handler', { error: String(error) });
  const [certificate, browserPort] = await Promise.all([
    createDtlsCertificate(),
    BrowserPort.open([settings.bindAddress, settings.second?.bindAddress], settings.mediaPort, onError),
  ]);
  const parts = { clock: systemClock, timers: systemTimers, random: systemRandom, logger };
  const emit = (event: MediaEvent): void => {
    if (!farewell.take(event)) server?.emit(event);
  };
  const host = new MediaHost({ ...parts, settings, browserPort, certificate, emit });
  const farewell = new Farewell(host, settings.apologyFile, systemTimers, (leg) =>
    server?.emit({ kind: 'lost', leg, reason: 'engine' }),
  );
  let finishing = false;
  const finish = (): void => {
    if (finishing) return;
    finishing = true;
    server?.close();
    void host.closeAll().finally(() => process.exit(0));
  };
  server = new ControlServer(host, {
    socketPath: controlSocket(settings.runtimeFolder),
    greeting: {
      pid: process.pid,
      instance: randomUUID(),
      configuration: configurationText(settings),
      browserPort: browserPort.port,
    },
    timers: systemTimers,
    claimMilliseconds: settings.claimMilliseconds,
    idleMilliseconds: settings.idleMilliseconds,
    onUnclaimed: (leg) => farewell.say(leg),
    onFinished: finish,
  });
  await server.listen();
  process.on('SIGTERM', finish);
  process.on('SIGINT', finish);
  process.on('SIGHUP', () => {});
  // A broken promise of one handshake must not end everybody's call.
  process.on('unhandledRejection', (reason) => logger.error('unhandled rejection', { error: String(reason) }));
  process.stdout.write(`${JSON.stringify({ ready: true, priority: raisePriority() })}\n`);
}

/** Nice value; the tried one. */
const raisedPriority = -10;

/** Audio before everything else, where we may: a normal user may not. */
function raisePriority(): boolean {
  try {
    setPriority(raisedPriority);
    return true;
  } catch {
    return false;
  }
}

function newLogger(log: (level: LogLevel, message: string, fields?: LogFields) => void, bound: LogFields = {}): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void =>
      log(level, message, { ...bound, ...fields });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => newLogger(log, { ...bound, ...fields }),
  };
}

// The server that started us may be gone; what it no longer reads is not our failure.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
main(JSON.parse(process.argv[2] ?? '{}') as MediaSettings).catch((error: NodeJS.ErrnoException) => {
  process.stdout.write(`${JSON.stringify({ failed: { code: error.code, message: error.message } })}\n`, () =>
    process.exit(1),
  );
});
