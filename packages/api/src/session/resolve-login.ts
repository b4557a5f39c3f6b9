import type { TownDirectory } from '@amtsleitung/domain';

export interface ResolvedLogin {
  readonly tenantId: string;
  /** As it stands in the directory. */
  readonly login: string;
}

/** The same login however it was typed. */
export const foldLogin = (login: string): string => login.normalize('NFC').trim().toLowerCase();

/**
 * Whose login this is. In a house with several towns `login@sip-domain` says which; without it the login must exist
 * in one town only.
 */
export function resolveLogin(typed: string, directories: readonly TownDirectory[]): ResolvedLogin | undefined {
  const [name = '', domain] = foldLogin(typed).split('@');
  const found = directories
    .filter(({ tenant }) => domain === undefined || tenant.sipDomain === domain)
    .flatMap(({ tenant, people }) =>
      people
        .filter(({ login }) => login !== undefined && foldLogin(login) === name)
        .map(({ login }) => ({ tenantId: tenant.id, login: login! })),
    );
  return found.length === 1 ? found[0] : undefined;
}
