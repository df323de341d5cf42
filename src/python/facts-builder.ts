import type { Expression } from "./expression.ts";
import {
  type Binding,
  type BindingTarget,
  type BlockFacts,
  type CallSite,
  type ClassFacts,
  FACTS_VERSION,
  type FileFacts,
  type FunctionFacts,
  type Placement,
  type ScopeKind,
  type StarImport,
  type Use,
} from "./facts.ts";
import type { Span } from "./location.ts";
import type { SyntaxTree } from "./syntax-node.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A scope while its file is being read. */
export interface OpenScope extends Span {
  readonly kind: ScopeKind;
  readonly parent: number | null;
  readonly qualifiedName: string;
  readonly subject: number;
  readonly bindings: Map<string, Binding[]>;
  readonly starImports: StarImport[];
  readonly outerNames: Set<string>;
  readonly reads: Set<string>;
  readonly guardedNames: Set<string>;
  readonly testedNames: Set<string>;
  isDynamic: boolean;
}

/** `name = call()` in a function: discarded if the name turns out never to be read. */
interface LocalCandidate {
  readonly name: string;
  readonly scope: number;
  readonly use: Use;
}

/** Everything collected about one file so far. */
export interface FactsBuilder {
  readonly tree: SyntaxTree;
  readonly text: string;
  readonly isNotebook: boolean;
  readonly scopes: OpenScope[];
  readonly functions: Mutable<FunctionFacts>[];
  readonly classes: (Omit<Mutable<ClassFacts>, "selfAttributes"> & {
    selfAttributes: Map<string, ClassFacts["selfAttributes"][string][number][]>;
  })[];
  readonly blocks: BlockFacts[];
  readonly uses: Use[];
  readonly calls: CallSite[];
  readonly placements: Placement[];
  readonly patchedNames: Set<string>;
  readonly assignedAttributes: Set<string>;
  readonly localCandidates: LocalCandidate[];
}

/** Where the walk stands: what a name looked up here sees. */
export interface Context {
  /** Scope of name lookups: comprehensions have their own. */
  readonly scope: number;
  /** Nearest module, class, function or lambda scope. */
  readonly owner: number;
  readonly block: number;
  /** Inside a generator expression of this owner, outside its first iterable. */
  readonly isInGeneratorExpression: boolean;
  /** Comprehensions between here and the owner, not counting first iterables. */
  readonly comprehensionDepth: number;
  /** Behind `if False:` or the like: never runs. */
  readonly isDead?: boolean;
  readonly statement: Span;
}

export function createFactsBuilder(tree: SyntaxTree, isNotebook = false): FactsBuilder {
  const builder: FactsBuilder = {
    tree,
    text: tree.text,
    isNotebook,
    scopes: [],
    functions: [],
    classes: [],
    blocks: [{ parent: -1, isLoop: false, choice: -1, start: 0, end: tree.text.length }],
    uses: [],
    calls: [],
    placements: [],
    patchedNames: new Set(),
    assignedAttributes: new Set(),
    localCandidates: [],
  };
  openScope(builder, "module", null, "", -1, { start: 0, end: tree.text.length });
  return builder;
}

/** Adds a scope and returns its index. */
export function openScope(
  builder: FactsBuilder,
  kind: ScopeKind,
  parent: number | null,
  name: string,
  subject: number,
  { start, end }: Span,
): number {
  const outer = parent === null ? "" : (builder.scopes[parent]?.qualifiedName ?? "");
  builder.scopes.push({
    start,
    end,
    kind,
    parent,
    qualifiedName: outer === "" || name === "" ? outer + name : `${outer}.${name}`,
    subject,
    bindings: new Map(),
    starImports: [],
    outerNames: new Set(),
    reads: new Set(),
    guardedNames: new Set(),
    testedNames: new Set(),
    isDynamic: false,
  });
  return builder.scopes.length - 1;
}

/** Adds a block and returns its index. */
export function openBlock(
  builder: FactsBuilder,
  parent: number,
  isLoop: boolean,
  span: Span,
  choice = -1,
): number {
  builder.blocks.push({ parent, isLoop, choice, start: span.start, end: span.end });
  return builder.blocks.length - 1;
}

export function scopeAt(builder: FactsBuilder, index: number): OpenScope {
  const scope = builder.scopes[index];
  if (scope === undefined) throw new RangeError(`no scope ${index}`);
  return scope;
}

/** Records that `name` gets a value; `global` and `nonlocal` names make every outer scope uncertain. */
export function bind(
  builder: FactsBuilder,
  context: Context,
  name: string,
  at: number,
  target: BindingTarget,
): void {
  let scope = scopeAt(builder, context.scope);
  const binding: Binding = { at, block: context.block, target };
  if (scope.outerNames.has(name)) {
    while (scope.parent !== null) {
      scope = scopeAt(builder, scope.parent);
      if (scope.kind === "module" || scope.kind === "function") addBinding(scope, name, binding);
    }
    return;
  }
  addBinding(scope, name, binding);
}

function addBinding(scope: OpenScope, name: string, binding: Binding): void {
  const known = scope.bindings.get(name);
  if (known === undefined) scope.bindings.set(name, [binding]);
  else known.push(binding);
}

/** Marks a name as read in this scope and in all scopes around it. */
export function markRead(builder: FactsBuilder, context: Context, name: string): void {
  for (let index: number | null = context.scope; index !== null; index = scopeAt(builder, index).parent) {
    scopeAt(builder, index).reads.add(name);
  }
}

/** True when `await` may be inserted at `context` without changing the kind of an expression around it. */
export function canAwait(builder: FactsBuilder, context: Context): boolean {
  return isAsyncOwner(builder, context) && !context.isInGeneratorExpression && context.comprehensionDepth < 2;
}

/** `await` is legal in the owner's own statements: in `async def`, and in the cells of a notebook. */
export function isAsyncOwner(builder: FactsBuilder, context: Context): boolean {
  const owner = scopeAt(builder, context.owner);
  if (owner.kind === "module") return builder.isNotebook;
  return owner.kind === "function" && builder.functions[owner.subject]?.isAsync === true;
}

/** Records a use of `expression`. */
export function addUse(
  builder: FactsBuilder,
  context: Context,
  expression: Expression,
  consumption: Use["consumption"],
): Use {
  const use = createUse(builder, context, expression, consumption);
  if (context.isDead !== true) builder.uses.push(use);
  return use;
}

export function createUse(
  builder: FactsBuilder,
  context: Context,
  expression: Expression,
  consumption: Use["consumption"],
): Use {
  return {
    start: expression.start,
    end: expression.end,
    expression,
    consumption,
    scope: context.scope,
    owner: context.owner,
    block: context.block,
    canAwait: canAwait(builder, context),
    isInGeneratorExpression: context.isInGeneratorExpression,
    statement: context.statement,
  };
}

/** Closes the books: decides which locals are never read and freezes everything into `FileFacts`. */
export function finishFacts(
  builder: FactsBuilder,
  brokenRegions: readonly Span[],
  firstError: Span | null,
): FileFacts {
  for (const { isLegal, owner } of builder.placements) {
    const { kind, subject } = scopeAt(builder, owner);
    const around = kind === "function" ? builder.functions[subject] : undefined;
    if (!isLegal && around !== undefined) around.hasMisplacedAwait = true;
  }
  for (const { name, scope, use } of builder.localCandidates) {
    const { reads, outerNames, isDynamic } = scopeAt(builder, scope);
    if (!reads.has(name) && !outerNames.has(name) && !isDynamic) builder.uses.push(use);
  }
  return {
    version: FACTS_VERSION,
    isNotebook: builder.isNotebook,
    scopes: builder.scopes.map(({ reads: _, ...scope }) => ({
      ...scope,
      bindings: toRecord(scope.bindings),
      outerNames: [...scope.outerNames],
      guardedNames: [...scope.guardedNames],
      testedNames: [...scope.testedNames],
    })),
    functions: builder.functions,
    classes: builder.classes.map((one) => ({ ...one, selfAttributes: toRecord(one.selfAttributes) })),
    blocks: builder.blocks,
    uses: builder.uses.sort((a, b) => a.start - b.start || a.end - b.end),
    calls: inOrder(builder.calls),
    placements: builder.placements,
    patchedNames: [...builder.patchedNames],
    assignedAttributes: [...builder.assignedAttributes],
    brokenRegions,
    firstError,
  };
}

/** Outer calls before inner ones; some nodes are visited twice. */
function inOrder(calls: CallSite[]): CallSite[] {
  calls.sort((a, b) => a.start - b.start || b.end - a.end);
  return calls.filter(({ start, end }, index) => {
    const before = calls[index - 1];
    return before === undefined || before.start !== start || before.end !== end;
  });
}

/** Names come from the code under review: a record without a prototype takes `__proto__` and `constructor`. */
function toRecord<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  const record: Record<string, T> = Object.create(null);
  for (const [name, value] of map) record[name] = value;
  return record;
}
