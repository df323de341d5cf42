import type { FileChanges } from "../github/git-store.ts";
import type { GitHub } from "../github/start-github.ts";
import type { InstallationState, RepositoryState } from "../github/state.ts";
import { checksSettled } from "./checks-settled.ts";
import { CLEAN, DEFECTIVE } from "./sample.ts";

/** A repository of an account of its own. */
export interface Shop {
  readonly repository: RepositoryState;
  readonly installation: InstallationState;
  /** Opens a pull request from the branch `feature`, with two mistakes unless told otherwise, and waits for nothing. */
  open(files?: FileChanges): Promise<number>;
  /** Waits until the check of the branch `feature`, or of another branch or commit, is completed. */
  settled(branch?: string): Promise<void>;
  /** Comments on lines of a pull request, as `path:line`. */
  places(number: number): string[];
  /** The newest check run on a branch or commit. */
  run(branch?: string): ReturnType<GitHub["checkRuns"]>[number] | undefined;
}

/** Tests that share a server have an installation each, so that none waits for another one's turn to write. */
export function newShop(github: GitHub, files: FileChanges = {}): Shop {
  const owner = `owner${github.requests.length}x${Math.floor(performance.now() * 1_000)}`;
  const installation = github.install(owner);
  const repository = github.createRepository({ owner, name: "shop", files: { ...CLEAN, ...files } });
  const shaOf = (branch: string) => repository.git.head(branch) ?? branch;
  return {
    repository,
    installation,
    open(changed = { "app/api.py": DEFECTIVE }) {
      repository.git.commit("feature", changed, "Use rows", repository.git.head("main"));
      return github.openPullRequest(repository, { head: "feature", base: "main", title: "Use rows" });
    },
    settled: (branch = "feature") => checksSettled(github, repository, branch),
    places: (number) => github.comments(repository, number).map(({ path, line }) => `${path}:${line}`),
    run: (branch = "feature") => github.checkRuns(repository, shaOf(branch)).at(-1),
  };
}
