import type { FileChanges } from "../git-store.ts";
import { BOT, userObject } from "../people.ts";
import type { RepositoryState } from "../state.ts";
import type { Asker } from "./asker.ts";
import { commitNode } from "./commit-node.ts";
import { forbidden, notFound, QueryRefusal } from "./query-refusal.ts";
import { refNode } from "./ref-node.ts";

interface CommitInput {
  readonly clientMutationId?: string | null;
  readonly branch: {
    readonly id?: string | null;
    readonly repositoryNameWithOwner?: string | null;
    readonly branchName?: string | null;
  };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
}

/** The mutation that commits as the App. What it writes are plain files: it knows no modes (GITHUB.md §4). */
export function commitOnBranch(asker: Asker) {
  return ({ input }: { readonly input: CommitInput }) => {
    const { repository, branch } = branchOf(asker, input.branch);
    const { permissions, installationId } = asker;
    // Where the App is not installed, as on most forks, nobody can allow it (GITHUB.md §4).
    if (permissions.contents !== "write" || repository.installationId !== installationId) throw forbidden();
    if (repository.isArchived)
      throw new QueryRefusal("UNPROCESSABLE", "Repository was archived so is read-only.");
    const { git } = repository;
    const before = git.head(branch);
    if (before === null)
      throw new QueryRefusal("NOT_FOUND", `Could not resolve to a branch with the name '${branch}'.`);
    if (before !== input.expectedHeadOid) {
      const message = `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`;
      throw new QueryRefusal("STALE_DATA", message);
    }
    const changes = changesOf(repository, before, input);
    if (permissions.workflows !== "write" && Object.keys(changes).some(isWorkflow)) throw forbidden();
    const { headline, body } = input.message;
    const text = body == null || body === "" ? headline : `${headline}\n\n${body}`;
    git.commit(branch, changes, text, null, {
      author: { name: BOT, email: `${userObject(BOT).id}+${BOT}@users.noreply.github.com` },
      committer: { name: "GitHub", email: "noreply@github.com" },
    });
    asker.pushed(repository, branch, before);
    return {
      clientMutationId: input.clientMutationId ?? null,
      commit: commitNode(asker, repository, git.head(branch) ?? ""),
      ref: refNode(asker, repository, branch),
    };
  };
}

function branchOf(
  { repositories }: Asker,
  { id, repositoryNameWithOwner, branchName }: CommitInput["branch"],
): { repository: RepositoryState; branch: string } {
  const [, repositoryId, idBranch] = /^REF_(\d+)_(.+)$/.exec(id ?? "") ?? [];
  const repository =
    repositories.get(repositoryNameWithOwner ?? "") ??
    [...repositories.values()].find((one) => String(one.id) === repositoryId);
  if (repository === undefined) throw notFound(id ?? repositoryNameWithOwner ?? "");
  return { repository, branch: (branchName ?? idBranch ?? "").replace(/^refs\/heads\//, "") };
}

/** Files to write and to delete. @throws QueryRefusal for a deletion of what is not there. */
function changesOf(
  { git }: RepositoryState,
  head: string,
  { fileChanges }: CommitInput,
): Record<string, FileChanges[string]> {
  const changes: Record<string, FileChanges[string]> = {};
  for (const { path, contents } of fileChanges?.additions ?? [])
    changes[path] = Buffer.from(contents, "base64");
  for (const { path } of fileChanges?.deletions ?? []) {
    if (git.text("ls-tree", head, "--", path) === "") {
      const message = `A file was requested to be deleted, but it does not exist: ${path}`;
      throw new QueryRefusal("UNPROCESSABLE", message);
    }
    changes[path] = null;
  }
  return changes;
}

function isWorkflow(path: string): boolean {
  return path.startsWith(".github/workflows/");
}
