import { StartupError } from './startup-error.ts';

const codeOf = (error: unknown): string | undefined => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code) return code;
  }
  return /\b(EADDRINUSE|EACCES|EADDRNOTAVAIL)\b/.exec(String((error as Error)?.message))?.[1];
};

/** Runs `open`; what the network refuses becomes one sentence with the flag that helps. */
export async function openingPort<Result>(
  what: { readonly name: string; readonly port: number; readonly host: string; readonly flag: string },
  open: () => Promise<Result>,
): Promise<Result> {
  try {
    return await open();
  } catch (cause) {
    throw explained(what, cause) ?? cause;
  }
}

function explained(
  { name, port, host, flag }: { name: string; port: number; host: string; flag: string },
  cause: unknown,
): StartupError | undefined {
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
