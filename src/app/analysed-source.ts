import type { CheckOptions, SourceFile } from "../analysis/analyser.ts";

/** What a check is told; `Settings` fits. */
export type AnalysisOptions = Pick<CheckOptions, "rules" | "blockingCalls">;

/** What a commit is analysed with. Plain data: it goes to another thread. */
export interface AnalysedSource {
  /** All Python paths of the commit. */
  readonly paths: readonly string[];
  /** Files of it that were fetched. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** What the settings want of the analysis; by default the rules run that are on by default. */
  readonly options?: AnalysisOptions | undefined;
}
