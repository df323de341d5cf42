import { parentPort, workerData } from "node:worker_threads";
import type { CheckOptions } from "../analysis/analyser.ts";
import { createAnalyser } from "../analysis/create-analyser.ts";
import type { FileReport } from "../fixes/fix.ts";
import { withoutIdleText } from "./idle-text.ts";
import { openListedTree } from "./working-tree.ts";

/** What a thread of `check` is given once: the project. */
export interface CheckedProject {
  readonly root: string;
  /** Codes of the rules that run. */
  readonly rules: readonly string[];
  /** What the project's configuration changes in the table of blocking calls. */
  readonly blockingCalls?: CheckOptions["blockingCalls"];
  /** All Python paths of the project. */
  readonly paths: readonly string[];
}

/** What it says: a report as soon as it is there, and when a group of files is done. */
export type CheckMessage =
  | { readonly kind: "report"; readonly report: FileReport }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly message: string };

const { root, paths, rules, blockingCalls } = workerData as CheckedProject;
const tree = openListedTree(root, paths);
const analyser = createAnalyser();
const say = (message: CheckMessage): void => parentPort?.postMessage(message);

parentPort?.on("message", async (group: readonly string[]) => {
  try {
    const onReport = (report: FileReport): void => say({ kind: "report", report: withoutIdleText(report) });
    (await analyser).check(tree, group, { rules, blockingCalls, onReport });
    say({ kind: "done" });
  } catch (error) {
    say({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
});
