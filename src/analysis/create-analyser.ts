import { openLibraryFacts } from "../facts/library-facts.ts";
import type { FileReport } from "../fixes/fix.ts";
import { repairFindings } from "../fixes/repair-findings.ts";
import { unusedIgnores } from "../fixes/unused-ignores.ts";
import type { BlockingAdjustment } from "../project/blocking-table.ts";
import { createProject, MAX_FILE_STEPS } from "../project/create-project.ts";
import type { Project, SourceUnit } from "../project/project.ts";
import { unitOf } from "../project/project.ts";
import { createScanCache } from "../project/scan-cache.ts";
import type { FileFacts } from "../python/facts.ts";
import { isNotebookPath } from "../python/notebook.ts";
import { createPythonParser, ParseTimeout } from "../python/parse.ts";
import type { SyntaxTree } from "../python/syntax-node.ts";
import { DEFAULT_RULES, runRules } from "../rules/run-rules.ts";
import { openSuppressions, type Suppressions } from "../rules/suppressions.ts";
import { fingerprintOf } from "../rules/to-findings.ts";
import type { Analyser, CheckOptions, CheckResult, SourceFile, SourceTree } from "./analyser.ts";
import { inNotebook } from "./in-notebook.ts";
import { librarySource } from "./library-source.ts";
import { modulePaths } from "./module-paths.ts";
import { createUnit, parseUnit, readUnit } from "./read-unit.ts";
import { scanTreeOnDemand } from "./scan-tree-on-demand.ts";
import { skipReason } from "./skip-reason.ts";
import { createSourceMemory } from "./source-memory.ts";

/** Estimated bytes of the files that are remembered between checks: some twelve megabytes of source. */
const MEMORY_BYTES = 128_000_000;

/** Loads the parser and the library facts and returns the analyser; one per thread is enough. */
export async function createAnalyser(memoryBytes = MEMORY_BYTES): Promise<Analyser> {
  const parser = await createPythonParser(() => performance.now());
  const library = openLibraryFacts();
  const memory = createSourceMemory(parser, memoryBytes);
  const scans = createScanCache();
  const libraryUnits = new Map<string, SourceUnit | null>();
  const scansOf = new WeakMap<SourceTree, ReturnType<typeof scanTreeOnDemand>>();

  // The scan of a whole tree serves all checks of it.
  function scanOf(tree: SourceTree): ReturnType<typeof scanTreeOnDemand> {
    const known = scansOf.get(tree);
    if (known !== undefined) return known;
    const created = scanTreeOnDemand(tree, parser, scans);
    scansOf.set(tree, created);
    return created;
  }

  function loadFacts(path: string): SourceUnit | null {
    const known = libraryUnits.get(path);
    if (known !== undefined) return known;
    const read = readUnit(parser, path, library.read(path));
    const unit = read.ok ? read.unit : null;
    libraryUnits.set(path, unit);
    return unit;
  }

  function openProject(tree: SourceTree, blockingCalls?: BlockingAdjustment): Project {
    // Answers are remembered by the facts they are about, so two files of one project never share them.
    const owners = new Map<FileFacts, string>();
    return createProject({
      paths: modulePaths(tree),
      ...librarySource(library, tree, blockingCalls),
      loadFacts,
      ...scanOf(tree),
      load(path) {
        const file = tree.read(path);
        if (file === undefined) return undefined;
        const read = memory.read(file, isNotebookPath(path));
        if (!read.ok) return null;
        const isCopy = (owners.get(read.facts) ?? path) !== path;
        if (!isCopy) owners.set(read.facts, path);
        const facts = isCopy ? structuredClone(read.facts) : read.facts;
        return createUnit(path, facts, read.text, read.notebook);
      },
    });
  }

  function checkFile(
    project: Project,
    path: string,
    file: SourceFile,
    codes: ReadonlySet<string>,
    warnsUnusedIgnores: boolean,
  ): FileReport {
    const skipped = skipReason(path, file.bytes);
    if (skipped !== null) return emptyReport(path, skipped);
    const unit = unitOf(project, path);
    if (unit === null) {
      const read = memory.read(file, isNotebookPath(path));
      return emptyReport(path, read.ok ? "it could not be read" : read.reason);
    }
    let parsed: SyntaxTree | undefined;
    const tree = (): SyntaxTree => {
      parsed ??= parser.parse(unit.text);
      return parsed;
    };
    const reparse = (text: string) => parseUnit(parser, path, text);
    try {
      const suppressions = openSuppressions(unit, tree);
      const drafts = runRules(project, path, unit, tree, codes, suppressions);
      const isCutOff = project.fileSteps > MAX_FILE_STEPS;
      const note = syntaxNote(unit) ?? (isCutOff ? CUT_OFF : null);
      const verification = { project, path, tree, drafts, reparse, codes };
      const diagnostics = repairFindings(verification, unit);
      // What was not looked at may hold what a comment silences.
      if (warnsUnusedIgnores && note === null) {
        diagnostics.push(...unusedIgnores(verification, unit, suppressions.unused(codes)));
        diagnostics.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
      }
      const report = {
        ...reportOf(path, unit, file, diagnostics, note),
        ...silencedIn(unit, suppressions),
      };
      const read = memory.read(file, isNotebookPath(path));
      return read.ok && read.notebook !== null ? inNotebook(read.notebook, report) : report;
    } catch (error) {
      if (error instanceof ParseTimeout) return emptyReport(path, error.message);
      throw error;
    }
  }

  return {
    check(tree, paths, options: CheckOptions = {}): CheckResult {
      const project = openProject(tree, options.blockingCalls);
      // Where no scan knows the subclasses, those of the files at hand have to be.
      if (tree.isAtHand !== true) for (const path of paths) unitOf(project, path);
      const codes = options.rules === undefined ? DEFAULT_RULES : new Set(options.rules);
      const reports: FileReport[] = [];
      for (const path of paths) {
        const file = tree.read(path);
        if (file === undefined) {
          project.missing.add(path);
          continue;
        }
        const report = checkFile(project, path, file, codes, options.warnsUnusedIgnores === true);
        reports.push(report);
        options.onReport?.(report);
      }
      return { reports, missing: [...project.missing] };
    },
  };
}

const CUT_OFF = "its names lead to each other so often that the rest of the file was not followed";

function reportOf(
  path: string,
  unit: SourceUnit,
  { bytes }: SourceFile,
  diagnostics: FileReport["diagnostics"],
  note: string | null,
): FileReport {
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { path, text: unit.text, hasBom, diagnostics, skipped: null, note };
}

function silencedIn(unit: SourceUnit, { silenced }: Suppressions): Pick<FileReport, "silenced"> {
  if (silenced.length === 0) return {};
  return { silenced: silenced.map(({ code, span }) => fingerprintOf(unit, code, span)) };
}

function emptyReport(path: string, skipped: string): FileReport {
  return { path, text: null, hasBom: false, diagnostics: [], skipped, note: null };
}

/** Said once per file: from where on the file could not be understood. */
function syntaxNote({ facts, locate }: SourceUnit): string | null {
  if (facts.firstError === null) return null;
  const { line, cell } = locate(facts.firstError);
  if (cell !== undefined)
    return `syntax error in cell ${cell.index}, line ${cell.line}: that cell was not checked`;
  return `syntax error in line ${line}: the statements around it were not checked`;
}
