import { headOf } from "./change.ts";
import type { Bounds } from "./graphql.ts";
import { STARTED_AT } from "./objects.ts";
import type { CheckRunState, RepositoryState } from "./state.ts";

type ToConnection = <Node>(nodes: readonly Node[], bounds: Bounds) => object;

/** A repository's branches and open pull requests with the check runs on their heads. */
export function headFields(repository: RepositoryState, toConnection: ToConnection) {
  const { git, defaultBranch, pulls } = repository;
  const branchNode = (name: string) => ({
    name,
    target: commitNode(repository, git.head(name) ?? "", toConnection),
  });
  const branches = git
    .text("for-each-ref", "--format=%(refname:lstrip=2)", "--sort=-committerdate", "refs/heads/")
    .split("\n")
    .filter((name) => name !== "");
  return {
    defaultBranchRef: () => branchNode(defaultBranch),
    refs: (bounds: Bounds) => toConnection(branches.map(branchNode), bounds),
    pullRequests: (bounds: Bounds) =>
      toConnection(
        [...pulls.values()]
          .filter(({ isOpen }) => isOpen)
          .map((pull) => ({
            number: pull.number,
            isDraft: pull.isDraft,
            commits: (of: Bounds) =>
              toConnection([{ commit: commitNode(repository, headOf(repository, pull), toConnection) }], of),
          })),
        bounds,
      ),
  };
}

function commitNode(repository: RepositoryState, sha: string, toConnection: ToConnection) {
  const [, ...parents] = repository.git.text("rev-list", "--parents", "-n", "1", sha).split(" ");
  const runs = repository.checkRuns.filter(({ headSha }) => headSha === sha);
  return {
    __typename: "Commit",
    oid: sha,
    parents: (bounds: Bounds) =>
      toConnection(
        parents.map((oid) => ({ oid })),
        bounds,
      ),
    // The stand-in has one App, so one suite.
    checkSuites: (bounds: Bounds) =>
      toConnection(
        [
          {
            checkRuns: ({ filterBy, ...of }: Bounds & { filterBy?: { checkName?: string } }) =>
              toConnection(
                runs
                  .filter(({ name }) => filterBy?.checkName === undefined || name === filterBy.checkName)
                  .map(runNode),
                of,
              ),
          },
        ],
        bounds,
      ),
  };
}

function runNode({ id, externalId, status }: CheckRunState) {
  return { databaseId: id, externalId, status: status.toUpperCase(), startedAt: STARTED_AT };
}
