import { parentPort, workerData } from "node:worker_threads";
import type { CheckOptions } from "../analysis/analyser.ts";
import { createAnalyser } from "../analysis/create-analyser.ts";
import { type ChangedBytes, overlayTree } from "../analysis/overlay-tree.ts";
import type { FileReport } from "../fixes/fix.ts";
import { withoutIdleText } from "./idle-text.ts";
import { openListedTree } from "./working-tree.ts";

/** What a thread of `check` is given once: the project. */
export interface CheckedProject {
  readonly root: string;
  /** Codes of the rules that run. */
  readonly rules: readonly string[];
  readonly warnsUnusedIgnores: boolean;
  /** What the project's configuration changes in the table of blocking calls. */
  readonly blockingCalls?: CheckOptions["blockingCalls"];
  /** All Python paths of the project. */
  readonly paths: readonly string[];
  /** Files that are checked with other bytes than those on disk. */
  readonly changed: ChangedBytes;
}

/** What it says: a report as soon as it is there, and when a group of files is done. */
export type CheckMessage =
  | { readonly kind: "report"; readonly report: FileReport }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly message: string };

const { root, paths, rules, warnsUnusedIgnores, blockingCalls, changed } = workerData as CheckedProject;
const tree = overlayTree(openListedTree(root, paths), () => changed);
const analyser = createAnalyser();
const say = (message: CheckMessage): void => parentPort?.postMessage(message);

parentPort?.on("message", async (group: readonly string[]) => {
  try {
    const onReport = (report: FileReport): void => say({ kind: "report", report: withoutIdleText(report) });
    (await analyser).check(tree, group, { rules, warnsUnusedIgnores, blockingCalls, onReport });
    say({ kind: "done" });
  } catch (error) {
    say({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
});
