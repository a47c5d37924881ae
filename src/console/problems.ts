/** What ends a request with a page that explains itself. */
export class Problem extends Error {
  constructor(
    readonly status: 403 | 404,
    message: string,
  ) {
    super(message);
  }
}

/** Also for what belongs to another unit: that it exists is not told. */
export const notFound = () => new Problem(404, "not found");
export const refused = (why: string) => new Problem(403, why);
