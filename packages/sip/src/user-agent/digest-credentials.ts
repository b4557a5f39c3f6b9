/** What we answer challenges with. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}
