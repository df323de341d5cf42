import type { Expression } from "../python/expression.ts";
import type { ClassFacts, FileFacts, FunctionFacts, ScopeFacts } from "../python/facts.ts";
import type { Location, Span } from "../python/location.ts";
import type { BlockingTable } from "./blocking-table.ts";
import type { CallArguments } from "./call-arguments.ts";
import type { Capabilities } from "./capabilities.ts";
import { FACTS_PREFIX, type ModuleGraph } from "./module-graph.ts";
import type { TestSettings } from "./test-settings.ts";
import type { Reference, Value } from "./values.ts";

/** A file as resolution sees it: its facts and where its offsets are. */
export interface SourceUnit {
  readonly facts: FileFacts;
  readonly text: string;
  locate(span: Span): Location;
}

/** Where files come from. Reading may fail in two ways: not at hand (undefined), not usable (null). */
export interface ProjectSource {
  /** Python paths of the repository. */
  readonly paths: readonly string[];
  /** Folders that the project's settings name as homes of packages. */
  readonly packageRoots: readonly string[];
  load(path: string): SourceUnit | null | undefined;
  /** Paths of the bundled library facts, relative to their folder. */
  readonly factsPaths: readonly string[];
  loadFacts(path: string): SourceUnit | null;
  /** Effects of library decorators by qualified name. */
  readonly decorators: DecoratorTable;
  /** Calls of libraries that block the thread they run in. */
  readonly blockingCalls: BlockingTable;
  /**
   * Classes that may derive (over any number of classes) from one of this name and define the member, by what a
   * scan of all files says; null where the files are not all at hand.
   */
  overriders?(className: string, member: string): readonly ClassCandidate[] | null;
  /** Packages whose tables say of every class which protocols it has; in those of others a protocol may be missing. */
  readonly completePackages: ReadonlySet<string>;
  /** Files that mention all of the names; null where the files are not all at hand. */
  filesMentioning?(names: readonly string[]): readonly string[] | null;
  /** What the settings say about asynchronous tests; absent or null where they are not at hand. */
  testSettings?(): TestSettings | null;
  /** Type of a fixture that pytest or a plugin defines, as an annotation with full module names. */
  fixtureType(name: string): string | null;
  /** True when the kind of a library's name differs, or may differ, in the version that the repository uses. */
  mayDiffer(name: string): boolean;
  /** The lowest version of Python that the project says it runs on ([3, 12]); null where it says nothing. */
  pythonVersion?(): readonly number[] | null;
  /** True when a manifest of the repository says that it uses a package in this version or a later one. */
  isAtLeast(distribution: string, version: string): boolean;
}

/** A class by its name, in a file that may not have been read yet. */
export interface ClassCandidate {
  readonly path: string;
  readonly name: string;
}

/** What a decorator does to the function below it. */
export type DecoratorEffect =
  | "transparent"
  | "unknown"
  | "async-context-manager"
  | "context-manager"
  | "coroutine"
  | "sync"
  | "eager-awaitable"
  | "property"
  | "fixture";

export type DecoratorTable = ReadonlyMap<string, DecoratorEffect>;

/** What the type variables of a class (or `Self`) stand for. */
export type TypeEnvironment = ReadonlyMap<string, Value>;

/** Where an expression stands: what its names see. */
export interface Place {
  readonly file: string;
  readonly scope: number;
  readonly block: number;
  /** Offset of the use; bindings after it may not have happened yet. */
  readonly at: number;
  readonly types?: TypeEnvironment | undefined;
}

/** Many files and what is known across them. Everything resolved is remembered here. */
export interface Project {
  readonly source: ProjectSource;
  readonly modules: ModuleGraph;
  readonly units: Map<string, SourceUnit | null>;
  /** Files that were wanted and are not at hand. */
  readonly missing: Set<string>;
  /** Answers by question, so that nothing is resolved twice; "pending" marks a cycle. */
  readonly answers: Map<object, Value | "pending">;
  /** Scopes by their span, for expressions that open one. */
  readonly scopeSpans: Map<FileFacts, ReadonlyMap<string, number>>;
  /** Whether a function's result mentions type variables. */
  readonly generics: Map<FunctionFacts, boolean>;
  /** Names of type parameters by class. */
  readonly typeParameters: Map<ClassFacts, readonly string[]>;
  readonly linearizations: Map<string, readonly LinearClass[]>;
  /** Loaded classes by the last name of each base, to find overriding subclasses. */
  readonly subclasses: Map<string, Reference[]>;
  /** Whether `Class.name` is mentioned in the class's file, by file, class and name. */
  readonly outsideAssignments: Map<string, boolean>;
  depth: number;
  /** Classes whose order is being made, one as a base of the other. */
  linearizing: number;
  /** Questions asked since the last use; bounds the work on hostile or endlessly generic code. */
  steps: number;
  /** Questions asked since the last file. */
  fileSteps: number;
  /** Questions that were left open because of `depth` or `steps`. */
  cutOff: number;
  /** What an expression evaluates to. */
  evaluate(expression: Expression, place: Place): Value;
  /** What a value annotated with the expression is. */
  evaluateType(annotation: Expression, place: Place): Value;
  /** What `value.name` is. */
  member(value: Value, name: string): Value;
  /** What a module's attribute is for importers: null when it certainly has none of that name. */
  exported(file: string, name: string): Value | null;
  /** What calling a value returns; null for arguments that are not known. */
  call(value: Value, given: CallArguments | null): Value;
  /** In which ways a value can be consumed. */
  capabilities(value: Value): Capabilities;
  classFacts(reference: Reference): ClassFacts | null;
}

/** Gives the questions about a file their own budget; called before its uses are looked at. */
export function beginFile(project: Project): void {
  project.fileSteps = 0;
}

/** One class of a linearization; null stands for a base that is not known. */
export type LinearClass = Reference | null;

/** The unit behind a file key, or null when it is not at hand or not usable. */
export function unitOf(project: Project, file: string): SourceUnit | null {
  const known = project.units.get(file);
  if (known !== undefined) return known;
  const unit = file.startsWith(FACTS_PREFIX)
    ? project.source.loadFacts(file.slice(FACTS_PREFIX.length))
    : project.source.load(file);
  if (unit === undefined) {
    project.missing.add(file);
    return null;
  }
  project.units.set(file, unit);
  if (unit !== null) registerClasses(project, file, unit.facts);
  return unit;
}

function registerClasses(project: Project, file: string, facts: FileFacts): void {
  for (const [index, { bases }] of facts.classes.entries()) {
    for (const base of bases) {
      const named = base.kind === "subscript" ? base.object : base;
      const name = named.kind === "name" || named.kind === "attribute" ? named.name : null;
      if (name === null) continue;
      const imported = facts.scopes[0]?.bindings[name]?.flatMap(({ target }) =>
        target.kind === "from-import" ? [target.name] : [],
      );
      for (const one of new Set([name, ...(imported ?? [])])) {
        const known = project.subclasses.get(one);
        if (known === undefined) project.subclasses.set(one, [{ file, index }]);
        else known.push({ file, index });
      }
    }
  }
}

export function functionOf(project: Project, { file, index }: Reference): FunctionFacts | null {
  return unitOf(project, file)?.facts.functions[index] ?? null;
}

export function classOf(project: Project, { file, index }: Reference): ClassFacts | null {
  return unitOf(project, file)?.facts.classes[index] ?? null;
}

export function scopeOf(project: Project, file: string, index: number): ScopeFacts | null {
  return unitOf(project, file)?.facts.scopes[index] ?? null;
}

/** The functions that the body of a class defines. */
export function methodsOf(project: Project, reference: Reference): FunctionFacts[] {
  const unit = unitOf(project, reference.file);
  const own = unit?.facts.classes[reference.index]?.scope;
  return unit?.facts.functions.filter(({ parentScope }) => parentScope === own) ?? [];
}

/** True for files of the bundled library facts. */
export function isLibrary(file: string): boolean {
  return file.startsWith(FACTS_PREFIX);
}

/** A stable key for a definition. */
export function keyOf({ file, index }: Reference): string {
  return `${file}#${index}`;
}

/** "sqlalchemy.ext.asyncio" for the facts file that describes it. */
export function libraryModule(file: string): string {
  return file
    .slice(FACTS_PREFIX.length)
    .replace(/\.pyi$/, "")
    .replace(/\/__init__$/, "")
    .replaceAll("/", ".");
}
