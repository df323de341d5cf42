import type { RepositoryState } from "./state.ts";

type ReadObject = (repository: RepositoryState, oid: string) => object | null;

/** `Commit.file(path)` of GraphQL: the entry of a commit's tree with git's mode as a number; null where there is none. */
export function fileOfCommit({
  repository,
  oid,
  readObject,
}: {
  readonly repository: RepositoryState;
  readonly oid: string;
  readonly readObject: ReadObject;
}) {
  return ({ path }: { readonly path: string }): object | null => {
    const { git } = repository;
    const [, mode = "", type = "", sha = ""] =
      /^(\d+) (\w+) (\w+)/.exec(git.text("ls-tree", oid, "--", path)) ?? [];
    if (mode === "") return null;
    const object = type === "tree" ? { __typename: "Tree" } : readObject(repository, sha);
    return { path, mode: Number.parseInt(mode, 8), type, object };
  };
}
