/** An answer that is not a success (RFC 9457). `code` is stable; screens translate it. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Seconds after which another try may succeed. */
  readonly retryAfter?: number;

  constructor(
    status: number,
    code: string,
    more: { readonly fields?: Readonly<Record<string, string>>; readonly retryAfter?: number } = {},
  ) {
    super(code);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.fields = more.fields;
    this.retryAfter = more.retryAfter;
  }
}

/** The same answer for what does not exist and for what is somebody else's. */
export const notFound = (): ApiProblem => new ApiProblem(404, 'not-found');
export const notSignedIn = (): ApiProblem => new ApiProblem(401, 'not-signed-in');
export const notPermitted = (): ApiProblem => new ApiProblem(403, 'not-permitted');
export const conflict = (code: string): ApiProblem => new ApiProblem(409, code);
/** A form whose fields contradict the directory: path → code. */
export const refusedFields = (fields: Readonly<Record<string, string>>): ApiProblem =>
  new ApiProblem(422, 'invalid-input', { fields });
/** A store that did not answer in time, or failed. Calls are not affected. */
export const storeAway = (): ApiProblem => new ApiProblem(503, 'database-away', { retryAfter: 5 });
