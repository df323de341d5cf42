import { parentPort } from "node:worker_threads";
import type { CheckOptions, CheckResult, SourceFile } from "../analysis/analyser.ts";
import { createAnalyser } from "../analysis/create-analyser.ts";

/** What the main thread asks for. */
export interface AnalysisRequest {
  readonly paths: readonly string[];
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly check: readonly string[];
  /** What the settings want of the analysis. */
  readonly options?: AnalysisOptions | undefined;
}

/** What a check is told; `Settings` fits. */
export type AnalysisOptions = Pick<CheckOptions, "rules" | "blockingCalls">;

/** What it gets back. */
export type AnalysisAnswer =
  | { readonly ok: true; readonly result: CheckResult }
  | { readonly ok: false; readonly message: string };

const analyser = createAnalyser();

parentPort?.on("message", async ({ paths, files, check, options }: AnalysisRequest) => {
  let answer: AnalysisAnswer;
  try {
    const result = (await analyser).check({ paths, read: (path) => files.get(path) }, check, options);
    answer = { ok: true, result };
  } catch (error) {
    answer = { ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(answer);
});
