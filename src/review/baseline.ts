import type { Diagnostic, FileReport } from "../fixes/fix.ts";

/** How often a finding was there when the baseline was written. */
export interface BaselineEntry {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly rule: string;
  /** Identity of the finding without path and line, as in `Finding`. */
  readonly fingerprint: string;
  readonly count: number;
}

/** A baseline that was read; or why it cannot be, as a sentence fragment. */
export type ReadBaseline =
  | { readonly ok: true; readonly entries: readonly BaselineEntry[] }
  | { readonly ok: false; readonly reason: string };

const VERSION = 1;

/** The file's text: sorted, and one line an entry, so that a change to it is easy to read and to merge. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const lines = addUp(entries)
    .sort(
      (a, b) => compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint),
    )
    .map(({ path, rule, fingerprint, count }) => `    ${JSON.stringify({ path, rule, fingerprint, count })}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": ${VERSION},\n  "entries": ${list}\n}\n`;
}

/** Reads the file's text. Entries that stand in it twice, as after a merge, are added up. */
export function parseBaseline(text: string): ReadBaseline {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { ok: false, reason: "it is not valid JSON" };
  }
  if (!isRecord(document) || typeof document.version !== "number")
    return { ok: false, reason: "it has no version" };
  if (document.version > VERSION)
    return { ok: false, reason: `it has version ${document.version}, which only a newer Yieldsign can read` };
  if (document.version !== VERSION) return { ok: false, reason: `there is no version ${document.version}` };
  if (!Array.isArray(document.entries)) return { ok: false, reason: "it has no list of entries" };
  const wrong = document.entries.findIndex((one) => !isEntry(one));
  if (wrong !== -1) return { ok: false, reason: `its entry ${wrong + 1} is not one` };
  return { ok: true, entries: addUp(document.entries) };
}

/** The entries of findings. */
export function toEntries(reports: readonly FileReport[]): BaselineEntry[] {
  return addUp(
    reports.flatMap(({ path, diagnostics }) =>
      diagnostics.map(({ rule, fingerprint }) => ({ path, rule, fingerprint, count: 1 })),
    ),
  );
}

/** What became of a baseline. */
export interface Comparison {
  /** Reports with the findings that are not in the baseline. */
  readonly reports: readonly FileReport[];
  /** What was not found any more; `count` says how often. */
  readonly gone: readonly BaselineEntry[];
}

/**
 * Compares findings with a baseline. Of equal findings in a file as many are known as the baseline counts, the rest
 * is new. What is left of entries of files that `exists` denies stands for the same findings in other files: a file
 * that is renamed brings nothing new.
 */
export function compareWithBaseline(
  reports: readonly FileReport[],
  entries: readonly BaselineEntry[],
  exists: (path: string) => boolean,
): Comparison {
  const left = new Map(
    addUp(entries).map((entry) => [keyOf(entry, entry.path), { entry, count: entry.count }]),
  );
  const isNew = new Set<Diagnostic>();
  for (const { path, diagnostics } of reports)
    for (const one of diagnostics) {
      const known = left.get(keyOf(one, path));
      if (known !== undefined && known.count > 0) known.count -= 1;
      else isNew.add(one);
    }
  const moved = new Map<string, { count: number }[]>();
  for (const known of left.values()) {
    if (known.count === 0 || exists(known.entry.path)) continue;
    const key = keyOf(known.entry, "");
    moved.set(key, [...(moved.get(key) ?? []), known]);
  }
  for (const one of isNew) {
    const known = moved.get(keyOf(one, ""))?.find(({ count }) => count > 0);
    if (known === undefined) continue;
    known.count -= 1;
    isNew.delete(one);
  }
  return {
    reports: reports.map((report) => ({
      ...report,
      diagnostics: report.diagnostics.filter((one) => isNew.has(one)),
    })),
    gone: [...left.values()]
      .filter(({ count }) => count > 0)
      .map(({ entry, count }) => ({ ...entry, count })),
  };
}

function addUp(entries: readonly BaselineEntry[]): BaselineEntry[] {
  const sums = new Map<string, BaselineEntry>();
  for (const { path, rule, fingerprint, count } of entries) {
    const key = keyOf({ rule, fingerprint }, path);
    sums.set(key, { path, rule, fingerprint, count: count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
}

function keyOf({ rule, fingerprint }: Pick<BaselineEntry, "rule" | "fingerprint">, path: string): string {
  return [rule, fingerprint, path].join("\0");
}

function isEntry(one: unknown): one is BaselineEntry {
  return (
    isRecord(one) &&
    typeof one.path === "string" &&
    typeof one.rule === "string" &&
    typeof one.fingerprint === "string" &&
    Number.isSafeInteger(one.count) &&
    Number(one.count) > 0
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** By code units: the same order on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
