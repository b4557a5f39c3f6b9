let started = 0;

/** Names connections; never the same twice, not even over a restart. */
export function newFlowId(protocol: string): string {
  return `${protocol}-${Date.now().toString(36)}-${(started++).toString(36)}`;
}
