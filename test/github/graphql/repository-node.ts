import type { RepositoryState } from "../state.ts";
import type { Asker } from "./asker.ts";
import { blobNode } from "./blob-node.ts";
import { commitNode } from "./commit-node.ts";
import { type Bounds, connection } from "./connection.ts";
import { pullNode } from "./pull-node.ts";
import { QueryRefusal } from "./query-refusal.ts";
import { refNode } from "./ref-node.ts";

/** A repository with its objects, branches and pull requests. */
export function repositoryNode(asker: Asker, repository: RepositoryState) {
  const { git, pulls, defaultBranch } = repository;
  return {
    __typename: "Repository",
    id: `R_${repository.id}`,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: `${repository.owner}/${repository.name}`,
    isArchived: repository.isArchived,
    isFork: repository.parent !== null,
    isPrivate: false,
    defaultBranchRef: () => refNode(asker, repository, defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      refNode(asker, repository, qualifiedName.replace(/^refs\/heads\//, "")),
    refs: ({ refPrefix, ...bounds }: Bounds & { refPrefix: string }) =>
      connection(
        git
          .text("for-each-ref", "--format=%(refname)", "--sort=-committerdate", refPrefix)
          .split("\n")
          .filter((name) => name !== "")
          .map((name) => refNode(asker, repository, name.replace(/^refs\/heads\//, ""))),
        bounds,
      ),
    pullRequests: ({ states, ...bounds }: Bounds & { states?: string[] | null }) =>
      connection(
        [...pulls.values()]
          .map((pull) => pullNode(asker, repository, pull))
          .filter(({ state }) => states == null || states.includes(state)),
        bounds,
      ),
    pullRequest: ({ number }: { number: number }) => {
      const pull = pulls.get(number);
      if (pull !== undefined) return pullNode(asker, repository, pull);
      const message = `Could not resolve to a PullRequest with the number of ${number}.`;
      throw new QueryRefusal("NOT_FOUND", message);
    },
    object: ({ oid, expression }: { oid?: string | null; expression?: string | null }) =>
      objectNode(asker, repository, oid ?? expression ?? ""),
  };
}

/** What a SHA or an expression like `main:path` names; null when there is no such thing. */
async function objectNode(asker: Asker, repository: RepositoryState, expression: string) {
  const found = await repository.git.object(expression);
  if (found === null) return null;
  const { oid, type, bytes } = found;
  if (type === "commit") return commitNode(asker, repository, oid);
  if (type === "blob") return blobNode(repository, oid, bytes);
  return { __typename: "Tree", id: `T_${oid}`, oid };
}
