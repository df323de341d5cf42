/** GitHub refuses a part of a query: its type and its words. */
export class QueryRefusal extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** What an installation may not do. */
export function forbidden(): QueryRefusal {
  return new QueryRefusal("FORBIDDEN", "Resource not accessible by integration");
}

export function notFound(id: string): QueryRefusal {
  return new QueryRefusal("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
}
