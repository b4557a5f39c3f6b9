/**
 * What a lamp on a desk phone may tell: the same words that colleagues see on their screens (R20). `ringing` is told to
 * those only who may pick the call up. Never whom somebody talks to, nor whether inside or outside.
 */
export type Lamp = 'free' | 'ringing' | 'busy' | 'away';

/** Port: busy lamp fields as `viewer` may see them. */
export interface LampSource {
  /**
   * Undefined: nobody, or nobody this person may watch; both look alike. `watched` is what the phone subscribes to: an
   * extension, a park orbit's code or a person's SIP user.
   */
  lampOf(viewerPersonId: string, watched: string): Lamp | undefined;
  /** Whose phones ring when the lamp rings, to pick the call up by it; undefined at any other time. */
  ringingPerson(viewerPersonId: string, watched: string): string | undefined;
  /** Hears after a change of anything `watched` could mean in the tenant; look again with `lampOf`. */
  onChange(listener: (tenantId: string) => void): () => void;
}

/** Port: waiting messages of a person (RFC 3842). */
export interface MessageWaiting {
  counts(personId: string): { readonly fresh: number; readonly old: number };
  onChange(listener: (personId: string) => void): () => void;
}
