/** A host as it stands in a URI: IPv6 literals in brackets. */
export const hostForUri = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
