import { StartupError } from './startup-error.ts';

const codeOf = (error: unknown): string | undefined => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code) return code;
  }
  return /\b(EADDRINUSE|EACCES|EADDRNOTAVAIL)\b/.exec(String((error as Error)?.message))?.[1];
};

export interface OpenedPort {
  readonly name: string;
  readonly port: number;
  /** All it is bound on. */
  readonly hosts: readonly string[];
  readonly flag: string;
}

/** Runs `open`; what the network refuses becomes one sentence with the flag that helps. Of several ports the error names one. */
export async function openingPort<Result>(
  what: OpenedPort | readonly OpenedPort[],
  open: () => Promise<Result>,
): Promise<Result> {
  try {
    return await open();
  } catch (cause) {
    const ports = [what].flat();
    const refused = ports.find(({ port }) => port === (cause as { readonly port?: number }).port) ?? ports[0];
    throw (refused && explained(refused, cause)) ?? cause;
  }
}

function explained({ name, port, flag, ...what }: OpenedPort, cause: unknown): StartupError | undefined {
  const host = what.hosts.find((one) => String(cause).includes(one)) ?? what.hosts.join(', ');
  switch (codeOf(cause)) {
    case 'EADDRINUSE':
      return new StartupError(
        75,
        `Port ${port} (${name}) ist belegt: Beenden Sie das andere Programm oder wählen Sie mit ${flag} einen anderen.`,
        { cause },
      );
    case 'EACCES':
      return new StartupError(
        77,
        `Port ${port} (${name}) darf dieser Benutzer nicht öffnen: Wählen Sie mit ${flag} einen Port ab 1024.`,
        { cause },
      );
    case 'EADDRNOTAVAIL':
      return new StartupError(78, `Die Adresse ${host} gehört nicht zu diesem Rechner: Prüfen Sie --host.`, { cause });
    default:
      return undefined;
  }
}
