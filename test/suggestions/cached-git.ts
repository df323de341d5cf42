import type { RepositoryState } from "../github/state.ts";

/**
 * The same repository with git's answers remembered, for pressing many buttons on a pull request that stands still:
 * what the button reads (merge base, patches, files) is then asked once. Nobody may commit meanwhile.
 */
export function withCachedGit(repository: RepositoryState): RepositoryState {
  const { git } = repository;
  const outputs = new Map<string, Buffer>();
  const heads = new Map<string, string | null>();
  const run = (...parameters: string[]): Buffer => {
    const key = parameters.join("\0");
    const known = outputs.get(key) ?? git.run(...parameters);
    outputs.set(key, known);
    return known;
  };
  const text = (...parameters: string[]): string =>
    run(...parameters)
      .toString("utf8")
      .trim();
  const head = (branch: string): string | null => {
    const known = heads.get(branch) ?? git.head(branch);
    heads.set(branch, known);
    return known;
  };
  return { ...repository, git: { ...git, run, text, head } };
}
