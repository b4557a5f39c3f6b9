/** A registered SIP contact; survives restarts for phones that can be reached by address. */
export interface Registration {
  /** Device id, or the browser credential's id. */
  readonly deviceId: string;
  readonly tenantId: string;
  readonly personId: string;
  /** Contact URI as registered. */
  readonly contact: string;
  readonly transport: 'udp' | 'tcp' | 'tls' | 'ws';
  /** Where its REGISTER came from; requests go back there. */
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly callId: string;
  readonly cseq: number;
  readonly userAgent: string;
  /** Milliseconds since 1970 UTC. */
  readonly expiresAt: number;
  /** Left out for a phone that registers directly and with one contact. */
  readonly route?: RegistrationRoute;
}

/** How a contact is reached that stands behind a proxy, or is one of several flows of one phone. */
export interface RegistrationRoute {
  /** RFC 3327: Route of requests to the contact. */
  readonly path?: readonly string[];
  /** The phone's own address, as the proxy in front sees it. */
  readonly phone?: { readonly address: string; readonly port: number };
  /** RFC 5626: flows of one instance are ways to the same phone. */
  readonly instance?: string;
  readonly regId?: number;
}

/** Port: written behind the registrar, read at start only. */
export interface RegistrationStore {
  loadAll(now: number): Promise<readonly Registration[]>;
  save(registration: Registration): Promise<void>;
  remove(deviceId: string, contact: string): Promise<void>;
}
