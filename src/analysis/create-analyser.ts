import { openLibraryFacts } from "../facts/library-facts.ts";
import type { FileReport } from "../fixes/fix.ts";
import { repairFindings } from "../fixes/repair-findings.ts";
import { createProject } from "../project/create-project.ts";
import type { Project, SourceUnit } from "../project/project.ts";
import { unitOf } from "../project/project.ts";
import { createPythonParser } from "../python/parse.ts";
import type { SyntaxTree } from "../python/syntax-node.ts";
import { runRules } from "../rules/run-rules.ts";
import type { Analyser, CheckResult, SourceFile, SourceTree } from "./analyser.ts";
import { parseUnit, type ReadUnit, readUnit } from "./read-unit.ts";
import { skipReason } from "./skip-reason.ts";

/** Files whose facts are kept between checks. */
const MAX_REMEMBERED = 5_000;

/** Loads the parser and the library facts and returns the analyser; one per thread is enough. */
export async function createAnalyser(): Promise<Analyser> {
  const parser = await createPythonParser(() => performance.now());
  const library = openLibraryFacts();
  const remembered = new Map<string, ReadUnit>();
  const libraryUnits = new Map<string, SourceUnit | null>();

  function loadFacts(path: string): SourceUnit | null {
    const known = libraryUnits.get(path);
    if (known !== undefined) return known;
    const read = readUnit(parser, path, library.read(path));
    const unit = read.ok ? read.unit : null;
    libraryUnits.set(path, unit);
    return unit;
  }

  /** The unit of a file, from memory when a file with this id was read before under the same path. */
  function unitFor(path: string, { id, bytes }: SourceFile): ReadUnit {
    const key = `${id}\0${path}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const read = readUnit(parser, path, bytes);
    const kept: ReadUnit = read.ok ? { ...read, tree: EMPTY_TREE } : read;
    if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
    remembered.set(key, kept);
    return read;
  }

  function openProject(tree: SourceTree): Project {
    return createProject({
      paths: tree.paths,
      factsPaths: library.paths,
      decorators: library.decorators,
      fixtures: library.fixtures,
      loadFacts,
      load(path) {
        const file = tree.read(path);
        if (file === undefined) return undefined;
        const read = unitFor(path, file);
        return read.ok ? read.unit : null;
      },
    });
  }

  function checkFile(project: Project, path: string, file: SourceFile): FileReport {
    const skipped = skipReason(path, file.bytes);
    if (skipped !== null) return emptyReport(path, skipped);
    const known = unitFor(path, file);
    if (!known.ok) return emptyReport(path, known.reason);
    const { unit, hasBom } = known;
    const parsed = known.tree === EMPTY_TREE ? parser.parse(unit.text) : known.tree;
    const reparse = (text: string): { tree: SyntaxTree; unit: SourceUnit } | null => {
      const again = parseUnit(parser, path, text);
      return again.ok ? again : null;
    };
    const drafts = runRules(project, path, unit, parsed);
    const diagnostics = repairFindings({ project, path, tree: parsed, drafts, reparse }, unit);
    return { path, text: unit.text, hasBom, diagnostics, skipped: null, note: syntaxNote(unit) };
  }

  return {
    check(tree, paths): CheckResult {
      const project = openProject(tree);
      for (const path of paths) unitOf(project, path);
      const reports: FileReport[] = [];
      for (const path of paths) {
        const file = tree.read(path);
        if (file === undefined) project.missing.add(path);
        else reports.push(checkFile(project, path, file));
      }
      return { reports, missing: [...project.missing] };
    },
  };
}

/** Trees are large and cheap to make again; only facts are remembered. */
const EMPTY_TREE: SyntaxTree = {
  text: "",
  root: { type: "module", isNamed: true, field: null, parent: null, children: [], start: 0, end: 0 },
  errors: [],
};

function emptyReport(path: string, skipped: string): FileReport {
  return { path, text: null, hasBom: false, diagnostics: [], skipped, note: null };
}

/** Said once per file: from where on the file could not be understood. */
function syntaxNote({ facts, locate }: SourceUnit): string | null {
  if (facts.firstError === null) return null;
  const { line } = locate(facts.firstError);
  return `syntax error in line ${line}: the statements around it were not checked`;
}
