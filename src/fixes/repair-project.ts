import type { Diagnostic, Edit, FileReport } from "./fix.ts";
import { newFindings, repairFile } from "./repair-file.ts";

/** The texts that repaired files have now, by path. */
export type ChangedTexts = ReadonlyMap<string, string>;

/** What repairing many files asks of its surroundings. */
export interface ProjectJudge {
  /** Checks all files again, in the order of the first reports. */
  checkAll(changed: ChangedTexts): Promise<FileReport[]>;
  /** Checks a few files, in their order; null when a text cannot be what its file becomes. */
  checkSome(paths: readonly string[], changed: ChangedTexts): FileReport[] | null;
  /** The findings of a report whose repairs may be applied. */
  repairable(report: FileReport): readonly Diagnostic[];
}

/** Files after their repairs. */
export interface RepairedProject {
  /** What the check says of all files as they are now. */
  readonly reports: readonly FileReport[];
  /** The files that became different, in the order of the reports. */
  readonly changed: ChangedTexts;
}

/** Most times that all files are checked again: what repairs of one file mean for others rarely goes further. */
const MAX_PASSES = 5;
/** Most times that everything is begun anew because repairs would have led to new findings in other files. */
const MAX_ATTEMPTS = 4;

/** Files that need care, because an attempt without it led to new findings. */
interface Care {
  /** Files whose repairs are applied only where they lead to nothing new in the watched ones. */
  readonly careful: Set<string>;
  readonly watched: Set<string>;
  /** Files that are left as they are. */
  readonly untouched: Set<string>;
}

/**
 * Repairs files one after the other and checks all of them again, until nothing changes. What a repair means for
 * another file is repaired there as well; where it cannot be, the repairs that led to it are left out. If nothing is
 * to be repaired, nothing is checked again.
 */
export async function repairProject(
  first: readonly FileReport[],
  judge: ProjectJudge,
): Promise<RepairedProject> {
  const care: Care = { careful: new Set(), watched: new Set(), untouched: new Set() };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { reports, changed, passes } = await repairAll(first, judge, care);
    const clashes = clashesOf(first, passes, reports);
    if (clashes.length === 0) return { reports, changed };
    takeCare(care, clashes, changed);
  }
  return { reports: first, changed: new Map() };
}

interface Attempt extends RepairedProject {
  readonly passes: ReadonlyMap<string, readonly (readonly Edit[])[]>;
}

async function repairAll(first: readonly FileReport[], judge: ProjectJudge, care: Care): Promise<Attempt> {
  const changed = new Map<string, string>();
  const passes = new Map<string, (readonly Edit[])[]>();
  let reports = first;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    let hasChanged = false;
    for (const known of reports) {
      const { path } = known;
      if (care.untouched.has(path) || judge.repairable(known).length === 0) continue;
      // A file that was repaired meanwhile may have changed what this one's findings are.
      const report = hasChanged ? judge.checkSome([path], changed)?.[0] : known;
      if (report === undefined) continue;
      const check = care.careful.has(path)
        ? carefulCheck(path, judge, changed, care)
        : plainCheck(path, judge, changed);
      const repaired = repairFile(report, { check, repairable: judge.repairable });
      if (repaired.passes.length === 0 || repaired.report.text === null) continue;
      hasChanged = true;
      changed.set(path, repaired.report.text);
      passes.set(path, [...(passes.get(path) ?? []), ...repaired.passes]);
    }
    if (!hasChanged) break;
    reports = await judge.checkAll(changed);
  }
  return { reports, changed: inOrder(first, changed), passes };
}

type Check = (text: string) => FileReport | null;

function plainCheck(path: string, judge: ProjectJudge, changed: ChangedTexts): Check {
  return (text) => judge.checkSome([path], new Map([...changed, [path, text]]))?.[0] ?? null;
}

/** Also looks at the watched files: a text that leads to something new there is refused. */
function carefulCheck(path: string, judge: ProjectJudge, changed: ChangedTexts, { watched }: Care): Check {
  const others = [...watched].filter((other) => other !== path);
  const before = judge.checkSome(others, changed) ?? [];
  return (text) => {
    const reports = judge.checkSome([path, ...others], new Map([...changed, [path, text]]));
    if (reports === null) return null;
    const [own = null, ...after] = reports;
    return clashesOf(before, new Map(), after).length === 0 ? own : null;
  };
}

interface Clash {
  readonly path: string;
  /** The files whose definitions lead to the new finding. */
  readonly involved: readonly string[];
}

/** What is found now and was not found before, or can no longer be looked for. */
function clashesOf(
  before: readonly FileReport[],
  passes: Attempt["passes"],
  after: readonly FileReport[],
): Clash[] {
  const now = new Map(after.map((report) => [report.path, report]));
  return before.flatMap(({ path, diagnostics, skipped, note }) => {
    const report = now.get(path);
    const isLost =
      report === undefined ||
      (skipped === null && report.skipped !== null) ||
      (note === null && report.note !== null);
    if (isLost) return [{ path, involved: [path] }];
    return newFindings(diagnostics, passes.get(path) ?? [], report.diagnostics).map(({ chain }) => ({
      path,
      involved: chain.map((hop) => hop.path),
    }));
  });
}

/** Remembers which repaired files led to the clashes: of those that a finding names, or else of all. */
function takeCare(
  { careful, watched, untouched }: Care,
  clashes: readonly Clash[],
  changed: ChangedTexts,
): void {
  for (const { path, involved } of clashes) {
    watched.add(path);
    const named = involved.filter((one) => changed.has(one));
    for (const culprit of named.length > 0 ? named : changed.keys()) {
      if (careful.has(culprit)) untouched.add(culprit);
      careful.add(culprit);
    }
  }
}

function inOrder(reports: readonly FileReport[], changed: ChangedTexts): ChangedTexts {
  return new Map(
    reports.flatMap(({ path }) => {
      const text = changed.get(path);
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}
