import type { Analyser, CheckOptions } from "../analysis/analyser.ts";
import { openChange } from "./check-change.ts";
import { checkFiles } from "./check-files.ts";
import type { CheckScope } from "./check-scope.ts";
import type { Targets } from "./targets.ts";

/** Which part of a project a command line asks for. */
export interface ScopeRequest {
  /** `BASE` or `BASE..HEAD` of a change; undefined for whole files. */
  readonly diff: string | undefined;
  /** Of a change: report everything in the changed files. */
  readonly isEveryLine: boolean;
  readonly threads: number | undefined;
  /** Codes of the rules that run. */
  readonly rules: readonly string[];
  /** Report suppressions that silence nothing, too. */
  readonly warnsUnusedIgnores: boolean;
  /** What the project's configuration changes in the table of blocking calls. */
  readonly blockingCalls: CheckOptions["blockingCalls"];
}

/** The files that were named, or those of them that a change touches. */
export async function openScope(
  { diff, isEveryLine, threads, rules, warnsUnusedIgnores, blockingCalls }: ScopeRequest,
  { root, tree, paths, isWanted }: Targets,
  analyser: () => Promise<Analyser>,
): Promise<CheckScope> {
  if (diff !== undefined)
    return openChange(
      await analyser(),
      { root, range: diff, isEveryLine, rules, warnsUnusedIgnores, blockingCalls },
      tree,
      isWanted,
    );
  const options = { rules, warnsUnusedIgnores, blockingCalls };
  return {
    options,
    check: (changed) => checkFiles(root, tree, paths, { threads, ...options, changed, analyser }),
    keep: (report) => report,
  };
}
