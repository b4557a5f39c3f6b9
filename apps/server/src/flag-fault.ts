const faults: Readonly<Record<string, (named: string) => string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: (flag) => `Die Angabe ${flag} gibt es nicht`,
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: (word) => `„${word}“ gehört zu keiner Angabe`,
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: (flag) => `${flag} ist so nicht zu verstehen`,
};

/** What is wrong with a command line, in German and without its full stop; undefined when `error` is not `parseArgs`'s. */
export function flagFault(error: unknown): string | undefined {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const named = /'([^']*)'/.exec(message)?.[1] ?? '';
  return faults[code]?.(named);
}
