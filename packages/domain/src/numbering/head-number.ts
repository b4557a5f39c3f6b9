/** A block of numbers: area code + head + extension. `+49 6205 21` with `-0` … `-9999`. */
export interface HeadNumber {
  readonly id: string;
  readonly tenantId: string;
  /** E.164 without extension, e.g. `+49620521`. */
  readonly e164: string;
  /** Length of the area code after `+49`, for writing by DIN 5008 (`06205 21-123`): here 4. */
  readonly areaCodeLength: number;
  readonly trunkId: string;
}

/** Where the calls to an extension go. */
export type Destination =
  { readonly kind: 'person'; readonly personId: string } | { readonly kind: 'hotline'; readonly hotlineId: string };

/** One assigned extension under a head number; `0` is the switchboard's place. */
export interface NumberAssignment {
  readonly id: string;
  readonly tenantId: string;
  readonly headNumberId: string;
  readonly extension: string;
  readonly destination: Destination;
}
