/** RFC 8866, as far as telephony uses it. Lines we do not use (b=, i=, k= …) are not kept. */
export interface SessionDescription {
  readonly origin: Origin;
  readonly connection?: string;
  readonly attributes: readonly Attribute[];
  readonly media: readonly MediaSection[];
}

export interface Origin {
  readonly username: string;
  readonly sessionId: string;
  readonly version: string;
  readonly address: string;
}

export interface MediaSection {
  /** `audio`, `video`, `image` … */
  readonly kind: string;
  readonly port: number;
  /** `RTP/AVP`, `UDP/TLS/RTP/SAVPF` … */
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly connection?: string;
  readonly attributes: readonly Attribute[];
}

export interface Attribute {
  readonly name: string;
  readonly value?: string;
}

/** Value of the first attribute of that name; undefined when absent, '' when it has none. */
export function attribute(attributes: readonly Attribute[], name: string): string | undefined {
  const found = attributes.find((candidate) => candidate.name === name);
  return found && (found.value ?? '');
}

export const attributeValues = (attributes: readonly Attribute[], name: string): readonly string[] =>
  attributes.filter((candidate) => candidate.name === name).map((found) => found.value ?? '');
