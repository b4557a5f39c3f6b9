export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Levels mean something: `error` = a person must act now; `warn` = look at it this week;
 * `info` = expected events and expected failures; `debug` = for the developer.
 * Never pass secrets, numbers of citizens or message bodies.
 */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}

/** Swallows everything. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLogger,
};
