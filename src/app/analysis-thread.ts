import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import type { CheckResult } from "../analysis/analyser.ts";
import type { AnalysisRequest, WorkerAnswer, WorkerRequest } from "./analysis-worker.ts";
import type { RepairedChange, RepairInput } from "./repair-change.ts";

/** Analysis off the main thread, so that webhooks are acknowledged while it runs. */
export interface AnalysisThread {
  /** @throws AnalysisFailed when the deadline passes, memory runs out or the analysis itself fails. */
  check(request: AnalysisRequest): Promise<CheckResult>;
  /** Repairs what a change introduced. @throws AnalysisFailed as `check` does. */
  repair(input: RepairInput): Promise<RepairedChange>;
  stop(): Promise<void>;
}

/** The analysis of a job did not end; asking again would end the same way. */
export class AnalysisFailed extends Error {
  override readonly name = "AnalysisFailed";
}

const DEADLINE_MS = 60_000;
const MEMORY_LIMIT_MB = 1_024;

/** Started from source (tests, demo) the worker is the built one: Node cannot load TypeScript in a thread. */
function workerUrl(): URL {
  const isSource = import.meta.url.endsWith(".ts");
  return new URL(isSource ? "../../dist/app/analysis-worker.js" : "./analysis-worker.js", import.meta.url);
}

/** Starts the thread; it is replaced when it breaks its limits. Requests run one after the other. */
export function startAnalysisThread(deadlineMs = DEADLINE_MS): AnalysisThread {
  const oneAtATime = pLimit(1);
  let worker: Worker | null = null;

  function currentWorker(): Worker {
    worker ??= new Worker(workerUrl(), { resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB } });
    return worker;
  }

  async function discard(): Promise<void> {
    const broken = worker;
    worker = null;
    await broken?.terminate();
  }

  function ask<Result>(request: WorkerRequest): Promise<Result> {
    return new Promise((resolve, reject) => {
      const thread = currentWorker();
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        thread.off("message", onMessage).off("error", onError).off("exit", onExit);
        settle();
      };
      const fail = (message: string): void => {
        finish(() => reject(new AnalysisFailed(message)));
        void discard();
      };
      const onMessage = (answer: WorkerAnswer): void => {
        if (answer.ok) finish(() => resolve(answer.result as Result));
        else fail(`the analysis failed: ${answer.message}`);
      };
      const onError = (error: Error): void => fail(`the analysis failed: ${error.message}`);
      const onExit = (): void => fail("the analysis thread ended");
      const timer = setTimeout(
        () => fail(`the analysis took longer than ${deadlineMs / 1000} s`),
        deadlineMs,
      );
      thread.on("message", onMessage).on("error", onError).on("exit", onExit);
      thread.postMessage(request);
    });
  }

  return {
    check: (request) => oneAtATime(() => ask<CheckResult>({ kind: "check", ...request })),
    repair: (input) => oneAtATime(() => ask<RepairedChange>({ kind: "repair", ...input })),
    stop: discard,
  };
}
