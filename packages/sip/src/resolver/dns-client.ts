/** RFC 3403 §4.1, as far as RFC 3263 §4.1 needs it. */
export interface NaptrRecord {
  readonly order: number;
  readonly preference: number;
  /** `s`: `replacement` is the name of SRV records. */
  readonly flags: string;
  /** `SIP+D2U`, `SIP+D2T`, `SIPS+D2T` … */
  readonly service: string;
  readonly replacement: string;
}

/** RFC 2782. */
export interface SrvRecord {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  /** `.`: decidedly not available. */
  readonly target: string;
}

/** No records: the name service says that there are none. */
export interface DnsAnswer<Entry> {
  readonly records: readonly Entry[];
  /** How long it may be believed, also that there are none. */
  readonly ttlSeconds: number;
}

export type AddressFamily = 4 | 6;

/** The name service. Each question rejects when no usable answer comes in time; what is slow or dead ends here. */
export interface DnsClient {
  naptr(name: string): Promise<DnsAnswer<NaptrRecord>>;
  srv(name: string): Promise<DnsAnswer<SrvRecord>>;
  /** Address literals. */
  addresses(name: string, family: AddressFamily): Promise<DnsAnswer<string>>;
}
