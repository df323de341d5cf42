import type { RepositoryState } from "./state.ts";

type ReadObject = (repository: RepositoryState, expression: string) => object | null;

/** The default branch in answers of GraphQL, with the files of its last commit; null in an empty repository. */
export function defaultBranchNode(repository: RepositoryState, readObject: ReadObject): object | null {
  const { git, defaultBranch } = repository;
  const oid = git.head(defaultBranch);
  if (oid === null) return null;
  const file = ({ path }: { path: string }): object | null => {
    const [, mode = "", type = ""] = /^(\d+) (\w+) /.exec(git.text("ls-tree", oid, "--", path)) ?? [];
    if (mode === "") return null;
    const object = type === "tree" ? { __typename: "Tree" } : readObject(repository, `${oid}:${path}`);
    return { path, mode: Number.parseInt(mode, 8), type, object };
  };
  return { name: defaultBranch, target: { __typename: "Commit", oid, file } };
}
