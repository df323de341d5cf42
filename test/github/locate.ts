import type { RouteAnswer } from "./routes.ts";
import type { RepositoryState } from "./state.ts";

/** Repositories by `owner/name`, and the ids of those that had a name before. */
export interface Names {
  readonly repositories: ReadonlyMap<string, RepositoryState>;
  readonly oldNames: ReadonlyMap<string, number>;
}

/** `/repositories/ID/…`, where redirects lead, as `/repos/OWNER/NAME/…`. */
export function toNamedPath({ repositories }: Names, path: string): string {
  const [, id, rest = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
  const found = [...repositories.values()].find((repository) => String(repository.id) === id);
  return found === undefined ? path : `/repos/${found.owner}/${found.name}${rest}`;
}

/**
 * The answer to a request by a name that a repository does not have any more; null when it is not one.
 * A new repository of the old name ends the redirection.
 */
export function redirect(
  { repositories, oldNames }: Names,
  { method, path, url }: { readonly method: string; readonly path: string; readonly url: URL },
): RouteAnswer | null {
  const [, name = "", rest = ""] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
  const id = oldNames.get(name);
  if (id === undefined || repositories.has(name)) return null;
  if (![...repositories.values()].some((repository) => repository.id === id)) return null;
  const isRead = method === "GET" || method === "HEAD";
  const location = `${url.origin}/api/v3/repositories/${id}${rest}${url.search}`;
  return {
    status: isRead ? 301 : 307,
    headers: { location },
    body: {
      message: isRead ? "Moved Permanently" : "Temporary Redirect",
      url: location,
      documentation_url:
        "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects",
    },
  };
}

/** What GraphQL finds by name: it follows renames by itself (`followRenames` is true unless told). */
export function withOldNames({ repositories, oldNames }: Names): ReadonlyMap<string, RepositoryState> {
  const byId = new Map([...repositories.values()].map((repository) => [repository.id, repository]));
  const old = [...oldNames].flatMap(([name, id]) => {
    const repository = byId.get(id);
    return repository === undefined ? [] : [[name, repository] as const];
  });
  return new Map([...old, ...repositories]);
}
