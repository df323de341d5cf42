import type { RepositoryState } from "./state.ts";

type ShowBlob = (repository: RepositoryState, oid: string, bytes: Buffer) => object | null;

/** `Commit.file(path)` of GraphQL: the entry of a commit's tree with git's mode as a number; null where there is none. */
export function fileOfCommit({
  repository,
  oid,
  showBlob,
}: {
  readonly repository: RepositoryState;
  readonly oid: string;
  readonly showBlob: ShowBlob;
}) {
  return async ({ path }: { readonly path: string }): Promise<object | null> => {
    const { git } = repository;
    const [, mode = "", type = "", sha = ""] =
      /^(\d+) (\w+) (\w+)/.exec(git.text("ls-tree", oid, "--", path)) ?? [];
    if (mode === "") return null;
    const entry = { path, mode: Number.parseInt(mode, 8), type };
    if (type === "tree") return { ...entry, object: { __typename: "Tree" } };
    const found = await git.object(sha);
    return { ...entry, object: found === null ? null : showBlob(repository, sha, found.bytes) };
  };
}
