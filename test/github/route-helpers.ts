import type { Permissions } from "./permissions.ts";
import type { RouteAnswer } from "./routes.ts";
import { type PullState, Refusal, type RepositoryState } from "./state.ts";

export function ok(body: unknown, status = 200): RouteAnswer {
  return { status, body };
}

/** The part of a list that a request asks for: 30 items a page unless told, 100 at most. */
export function page<T>(items: readonly T[], query: URLSearchParams): T[] {
  const size = Math.min(100, Number(query.get("per_page") ?? "30"));
  const number = Number(query.get("page") ?? "1");
  return items.slice((number - 1) * size, number * size);
}

/** A page of a list that is the whole answer. */
export function listed(items: readonly unknown[], query: URLSearchParams): RouteAnswer {
  return { status: 200, body: page(items, query), total: items.length };
}

/** The pull request that a request names. @throws Refusal 404 */
export function pullOf(
  repository: RepositoryState,
  { pull_number: number }: Readonly<Record<string, string>>,
): PullState {
  const pull = repository.pulls.get(Number(number));
  if (pull === undefined) throw new Refusal(404, "Not Found");
  return pull;
}

/** @throws Refusal 404 when the repository has no such commit. */
export function commitOf({ git }: RepositoryState, name: string): string {
  try {
    return git.text("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  } catch {
    throw new Refusal(404, "Not Found");
  }
}

/** @throws Refusal 403 unless the token may write here. */
export function need(permissions: Permissions, name: string): void {
  if (permissions[name] !== "write") throw new Refusal(403, "Resource not accessible by integration");
}
