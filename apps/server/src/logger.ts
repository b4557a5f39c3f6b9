import type { Logger } from '@amtsleitung/base';
import { pino } from 'pino';

/** Structured lines on standard error, one JSON object each; control characters are escaped by JSON itself. */
export function createLogger(level: 'debug' | 'info' | 'warn' | 'error'): Logger {
  const wrap = (target: pino.Logger): Logger => ({
    debug: (message, fields) => target.debug(fields ?? {}, message),
    info: (message, fields) => target.info(fields ?? {}, message),
    warn: (message, fields) => target.warn(fields ?? {}, message),
    error: (message, fields) => target.error(fields ?? {}, message),
    child: (fields) => wrap(target.child({ ...fields })),
  });
  const redact = [
    'password',
    '*.password',
    'authorization',
    '*.authorization',
    'number',
    '*.number',
    'token',
    '*.token',
  ];
  return wrap(pino({ level, base: null, redact }, pino.destination({ dest: 2, sync: true })));
}
