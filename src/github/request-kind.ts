/** A request as octokit's hooks see it. */
export interface LimitedRequest {
  readonly method?: string;
  readonly url?: string;
  /** The text of a GraphQL query. */
  readonly query?: unknown;
}

function isMutation({ query }: LimitedRequest): boolean {
  return typeof query === "string" && /^\s*mutation\b/.test(query);
}

function isGraphQL({ url }: LimitedRequest): boolean {
  return url?.endsWith("/graphql") === true;
}

/** Whether a request may change something. */
export function isWrite(request: LimitedRequest): boolean {
  if (isGraphQL(request)) return isMutation(request);
  return request.method !== "GET" && request.method !== "HEAD";
}

/** Whether a request creates content. GitHub does not say what counts as content, so everything new does. */
export function isCreation(request: LimitedRequest): boolean {
  return isGraphQL(request) ? isMutation(request) : request.method === "POST";
}
