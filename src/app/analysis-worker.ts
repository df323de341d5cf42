import { parentPort } from "node:worker_threads";
import type { CheckResult } from "../analysis/analyser.ts";
import { createAnalyser } from "../analysis/create-analyser.ts";
import type { AnalysedSource } from "./analysed-source.ts";
import { type RepairedChange, type RepairInput, repairChange } from "./repair-change.ts";

/** Files of a commit and those of them to check. */
export interface AnalysisRequest extends AnalysedSource {
  readonly check: readonly string[];
}

/** What the main thread asks for. */
export type WorkerRequest =
  | ({ readonly kind: "check" } & AnalysisRequest)
  | ({ readonly kind: "repair" } & RepairInput);

/** What each kind of request is answered with. */
export interface WorkerResults {
  readonly check: CheckResult;
  readonly repair: RepairedChange;
}

/** What it gets back. */
export type WorkerAnswer =
  | { readonly ok: true; readonly result: WorkerResults[WorkerRequest["kind"]] }
  | { readonly ok: false; readonly message: string };

const analyser = createAnalyser();

parentPort?.on("message", async (request: WorkerRequest) => {
  let answer: WorkerAnswer;
  try {
    answer = { ok: true, result: await work(request) };
  } catch (error) {
    answer = { ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(answer);
});

async function work(request: WorkerRequest): Promise<WorkerResults[WorkerRequest["kind"]]> {
  if (request.kind === "repair") return repairChange(await analyser, request);
  const { paths, files, check, options } = request;
  return (await analyser).check({ paths, read: (path) => files.get(path) }, check, options);
}
