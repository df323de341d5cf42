import type { LoggedRequest } from "../../test/github/serve.ts";

/** What the mutations that change a conversation are called in the table. */
const CHANGES: Readonly<Record<string, string>> = {
  addPullRequestReviewThreadReply: "reply",
  minimizeComment: "fold",
  resolveReviewThread: "resolve",
  unminimizeComment: "unfold",
  unresolveReviewThread: "reopen",
  updateIssueComment: "edit the summary",
  updatePullRequestReviewComment: "edit",
};

/** Requests by operation: REST's as GitHub describes them, GraphQL's by kind and name. */
export function countOperations(requests: readonly LoggedRequest[]): Map<string, number> {
  return counted(
    requests.map(({ operationId, operationName, method, path }) => {
      return operationId ?? operationName ?? `${method} ${path}`;
    }),
  );
}

/** What was changed in the conversation by GraphQL, as in `2 × reply, 2 × resolve`. */
export function threadChanges(requests: readonly LoggedRequest[]): string {
  const fields = requests
    .filter(({ operationName }) => operationName === "mutation ChangeThreads")
    .flatMap(({ body }) => [...(body as { query: string }).query.matchAll(/^\s*m\d+: (\w+)\(/gm)])
    .map(([, field = ""]) => CHANGES[field] ?? field);
  return listed(counted(fields), (name) => name);
}

/** Counts as a list: `2 × one, other`. */
export function listed(counts: ReadonlyMap<string, number>, show: (name: string) => string): string {
  return [...counts]
    .map(([name, count]) => (count === 1 ? show(name) : `${count} × ${show(name)}`))
    .join(", ");
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  // By name: two jobs at once make their requests in any order.
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
