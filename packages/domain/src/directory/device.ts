/** A SIP device that belongs to a person: desk phone or softphone. Browser phones get a credential per session instead. */
export interface Device {
  readonly id: string;
  readonly tenantId: string;
  readonly personId: string;
  readonly siteId: string;
  readonly label: string;
  /** Digest user name, unique over all tenants. */
  readonly sipUser: string;
  /** Digest realm = the tenant's SIP domain. HA1 per algorithm, RFC 8760; never the password itself. */
  readonly ha1: { readonly md5: string; readonly sha256: string };
}
