import type { Diagnostic, FileReport } from "../fixes/fix.ts";
import { type ChangedTexts, repairProject } from "../fixes/repair-project.ts";
import type { Analyser, CheckOptions, SourceTree } from "./analyser.ts";
import { bytesWith, type ChangedBytes, overlayTree } from "./overlay-tree.ts";

/** What is to be repaired. */
export interface RepairRequest {
  readonly tree: SourceTree;
  /** What every check is told. */
  readonly options: CheckOptions;
  /** Checks all files again, in the order of the first reports, some of them with other bytes. */
  check(changed: ChangedBytes): Promise<FileReport[]>;
  /** The findings of a report whose repairs are asked for. */
  wanted(report: FileReport): readonly Diagnostic[];
  /** Why the file with these bytes is not to be touched, as the end of a sentence; null when it may be. */
  obstacle(path: string, bytes: Uint8Array): string | null;
}

/** A file as it was read and as it is to become. */
export interface RepairedFile {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What the repairs come to; nothing is written yet. */
export interface Repairs {
  readonly reports: readonly FileReport[];
  readonly files: readonly RepairedFile[];
  /** Why files were left as they are, by path. */
  readonly obstacles: ReadonlyMap<string, string>;
}

const UNENCODABLE = "its encoding has no bytes for the repaired text";

/** Repairs files of a tree in memory, so that nothing is found afterwards that was not found before. */
export async function repairTree(
  analyser: Analyser,
  found: readonly FileReport[],
  { tree, options, check, wanted, obstacle }: RepairRequest,
): Promise<Repairs> {
  const originals = new Map<string, { readonly report: FileReport; readonly bytes: Uint8Array }>();
  const obstacles = new Map<string, string>();
  // One tree for all checks of single files, so that the scan of the whole repository is made once.
  let current: ChangedBytes = new Map();
  const overlay = overlayTree(tree, () => current);

  function bytesOf(changed: ChangedTexts): ChangedBytes | null {
    const all = new Map<string, Uint8Array>();
    for (const [path, text] of changed) {
      const original = originals.get(path);
      const bytes = original === undefined ? null : bytesWith(text, original.report);
      if (bytes === null) {
        obstacles.set(path, UNENCODABLE);
        return null;
      }
      all.set(path, bytes);
    }
    return all;
  }

  /** True when a file may be changed. Asked of every file first with the report of what is on disk. */
  function isFree(report: FileReport): boolean {
    const { path, text } = report;
    if (originals.has(path)) return true;
    if (obstacles.has(path) || text === null) return false;
    const bytes = bytesWith(text, report);
    const reason = bytes === null ? UNENCODABLE : obstacle(path, bytes);
    if (reason !== null) obstacles.set(path, reason);
    if (bytes === null || reason !== null) return false;
    originals.set(path, { report, bytes });
    return true;
  }

  const { reports, changed } = await repairProject(found, {
    checkAll: (texts) => check(bytesOf(texts) ?? new Map()),
    checkSome(paths, texts) {
      const bytes = bytesOf(texts);
      if (bytes === null) return null;
      current = bytes;
      return [...analyser.check(overlay, paths, options).reports];
    },
    repairable(report) {
      const asked = wanted(report);
      return asked.length > 0 && isFree(report) ? asked : [];
    },
  });
  const after = bytesOf(changed) ?? new Map<string, Uint8Array>();
  const files = [...after].flatMap(([path, bytes]) => {
    const before = originals.get(path)?.bytes;
    return before === undefined ? [] : [{ path, before, after: bytes }];
  });
  return { reports, files, obstacles };
}
