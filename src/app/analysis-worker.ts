import { parentPort } from "node:worker_threads";
import type { CheckResult, SourceFile } from "../analysis/analyser.ts";
import { createAnalyser } from "../analysis/create-analyser.ts";

/** What the main thread asks for. */
export interface AnalysisRequest {
  readonly paths: readonly string[];
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly check: readonly string[];
}

/** What it gets back. */
export type AnalysisAnswer =
  | { readonly ok: true; readonly result: CheckResult }
  | { readonly ok: false; readonly message: string };

const analyser = createAnalyser();

parentPort?.on("message", async ({ paths, files, check }: AnalysisRequest) => {
  let answer: AnalysisAnswer;
  try {
    const result = (await analyser).check({ paths, read: (path) => files.get(path) }, check);
    answer = { ok: true, result };
  } catch (error) {
    answer = { ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(answer);
});
