import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Analyser, CheckOptions, SourceTree } from "../analysis/analyser.ts";
import { createAnalyser } from "../analysis/create-analyser.ts";
import { type ChangedBytes, overlayTree } from "../analysis/overlay-tree.ts";
import type { FileReport } from "../fixes/fix.ts";
import { DEFAULT_RULES } from "../rules/run-rules.ts";
import type { CheckedProject, CheckMessage } from "./check-worker.ts";
import { withoutIdleText } from "./idle-text.ts";

/**
 * Files that are checked with what was resolved for one another. Neighbours share most of it; what is kept for a
 * group is dropped with it, so memory does not grow with the repository. As the groups do not depend on the number
 * of threads, neither do the findings.
 */
const GROUP_SIZE = 250;
/**
 * Each thread reads for itself what all files rest on. On two busy cores, two threads were slower than one with 5,000
 * files and as fast with 10,000 (docs/performance.md); cores that are idle may do better with `--threads`.
 */
const FILES_PER_THREAD = 5_000;
/** Each thread takes up to 500 MB. */
const MAX_THREADS = 8;
const OLD_SPACE_MB = 2_048;
/** Longest time for one file and what it is resolved in. */
const DEADLINE_MS = 60_000;
const MAX_FAILURES = 5;
const NOTHING_CHANGED: ChangedBytes = new Map();

/** Where a check may differ from the usual. */
export interface CheckFilesOptions {
  readonly threads?: number | undefined;
  /** Codes of the rules that run; by default those that are on by default. */
  readonly rules?: readonly string[];
  /** Report suppressions that silence nothing, too. */
  readonly warnsUnusedIgnores?: boolean;
  /** Files that are checked with other bytes than those on disk. */
  readonly changed?: ChangedBytes;
  /** Gives the analyser to use where one thread is enough; by default a new one. */
  readonly analyser?: () => Promise<Analyser>;
  /** What the project's configuration changes in the table of blocking calls. */
  readonly blockingCalls?: CheckOptions["blockingCalls"];
  readonly deadlineMs?: number;
  readonly workerUrl?: URL;
}

/** Checks files of a working tree, on several threads where there are many; reports are in the order of `paths`. */
export async function checkFiles(
  root: string,
  tree: SourceTree,
  paths: readonly string[],
  options: CheckFilesOptions = {},
): Promise<FileReport[]> {
  const { changed = NOTHING_CHANGED } = options;
  const groups: string[][] = [];
  for (let at = 0; at < paths.length; at += GROUP_SIZE) groups.push(paths.slice(at, at + GROUP_SIZE));
  const useful = Math.min(availableParallelism(), MAX_THREADS, Math.floor(paths.length / FILES_PER_THREAD));
  const { rules = [...DEFAULT_RULES], warnsUnusedIgnores = false, blockingCalls } = options;
  const threads = Math.min(options.threads ?? useful, groups.length);
  if (threads < 2) {
    const analyser = await (options.analyser ?? createAnalyser)();
    const overlaid = changed.size === 0 ? tree : overlayTree(tree, () => changed);
    return groups.flatMap((group) =>
      analyser
        .check(overlaid, group, { rules, warnsUnusedIgnores, blockingCalls })
        .reports.map(withoutIdleText),
    );
  }
  const reports = new Map<string, FileReport>();
  const add = (report: FileReport): void => void reports.set(report.path, report);
  const project: CheckedProject = {
    root,
    paths: tree.paths,
    rules,
    warnsUnusedIgnores,
    blockingCalls,
    changed,
  };
  const shares = shareOut(groups, threads);
  await Promise.all(
    shares.map((own) => workOff(() => own.shift() ?? takeOver(shares), project, options, add)),
  );
  return paths.flatMap((path) => reports.get(path) ?? []);
}

/** Neighbours go to one thread: what they import is read once. */
function shareOut<T>(all: readonly T[], count: number): T[][] {
  return Array.from({ length: count }, (_, index) =>
    all.slice(Math.floor((index * all.length) / count), Math.floor(((index + 1) * all.length) / count)),
  );
}

/** The last group of the share that has most left, for a thread that is done with its own. */
function takeOver<T>(shares: readonly T[][]): T | undefined {
  let longest: T[] | undefined;
  for (const share of shares) if (share.length > (longest?.length ?? 0)) longest = share;
  return longest?.pop();
}

/** One thread takes groups until none is left; it is replaced when it breaks, and the file it broke on is reported. */
async function workOff(
  next: () => readonly string[] | undefined,
  project: CheckedProject,
  { deadlineMs = DEADLINE_MS, workerUrl = builtWorker() }: CheckFilesOptions,
  add: (report: FileReport) => void,
): Promise<void> {
  const start = (): Worker =>
    new Worker(workerUrl, { workerData: project, resourceLimits: { maxOldGenerationSizeMb: OLD_SPACE_MB } });
  let worker = start();
  // One that fails time and again will not do better with the next file.
  let failures = 0;
  for (let group = next(); group !== undefined; group = next()) {
    const left = new Set(group);
    for (let asked = [...left]; asked.length > 0; ) {
      const failure = await checkGroup(worker, asked, deadlineMs, (report) => {
        failures = 0;
        left.delete(report.path);
        add(report);
      });
      let broken: string[] = [];
      if (failure === null) for (const path of asked) left.delete(path);
      else {
        failures += 1;
        await worker.terminate();
        worker = start();
        if (failures >= MAX_FAILURES) broken = [...left];
        else if (asked.length === 1) broken = asked.filter((path) => left.has(path));
      }
      for (const path of broken) {
        left.delete(path);
        add({ path, text: null, hasBom: false, diagnostics: [], skipped: failure, note: null });
      }
      // The last words of a thread may be lost with it: the first file without a report is tried alone.
      const isUnclear = failure !== null && broken.length === 0;
      asked = [...left].slice(0, isUnclear ? 1 : undefined);
    }
  }
  await worker.terminate();
}

/** Checks one group on a thread; the answer is why it was not finished, or null. */
function checkGroup(
  worker: Worker,
  group: readonly string[],
  deadlineMs: number,
  add: (report: FileReport) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    const finish = (failure: string | null): void => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      // Ending a broken thread may raise one more error, which says nothing new.
      if (failure !== null) worker.on("error", () => undefined);
      resolve(failure);
    };
    const onDeadline = (): void => finish(`the analysis took longer than ${deadlineMs / 1000} s`);
    let timer = setTimeout(onDeadline, deadlineMs);
    const onMessage = (message: CheckMessage): void => {
      if (message.kind === "done") finish(null);
      else if (message.kind === "failed") finish(`the analysis failed: ${message.message}`);
      else {
        clearTimeout(timer);
        timer = setTimeout(onDeadline, deadlineMs);
        add(message.report);
      }
    };
    const onError = (error: Error): void => finish(`the analysis failed: ${error.message}`);
    const onExit = (): void => finish("the analysis failed: its thread ended");
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(group);
  });
}

/** Started from source (tests) the worker is the built one: Node cannot load TypeScript in a thread. */
function builtWorker(): URL {
  const isSource = import.meta.url.endsWith(".ts");
  return new URL(isSource ? "../../dist/cli/check-worker.js" : "./check-worker.js", import.meta.url);
}
