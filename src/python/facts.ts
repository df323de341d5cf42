import type { Expression } from "./expression.ts";
import type { Span } from "./location.ts";

/** Raised with every change of the form or meaning of `FileFacts`, so that stored ones are told apart. */
export const FACTS_VERSION = 5;

/**
 * What one file says, detached from its tree and serialisable. Scopes, functions, classes and blocks are
 * referred to by their index; scope 0 is the module and block 0 its body.
 */
export interface FileFacts {
  readonly version: typeof FACTS_VERSION;
  /** The cells of a notebook: an event loop runs, and the module itself may await. */
  readonly isNotebook: boolean;
  readonly scopes: readonly ScopeFacts[];
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  readonly blocks: readonly BlockFacts[];
  readonly uses: readonly Use[];
  /** Every call that can run, in source order; outer calls before those in them. */
  readonly calls: readonly CallSite[];
  readonly placements: readonly Placement[];
  /** Names that are replaced somewhere in this file (mocks, `monkeypatch`, `obj.name = lambda: …`). */
  readonly patchedNames: readonly string[];
  /** Attributes that are set on other objects than `self` (`obj.name = …`): a method of the name may be replaced. */
  readonly assignedAttributes: readonly string[];
  /** Regions around syntax errors; nothing that lies in one is reported. */
  readonly brokenRegions: readonly Span[];
  /** First syntax error, for the note to the reader. */
  readonly firstError: Span | null;
}

export type ScopeKind = "module" | "class" | "function" | "lambda" | "comprehension";

export interface ScopeFacts extends Span {
  readonly kind: ScopeKind;
  /** Enclosing scope; null for the module. */
  readonly parent: number | null;
  /** Dotted name from the module: "Repo.save"; "" for the module itself. */
  readonly qualifiedName: string;
  /** Function (for kind "function") or class (for kind "class") that this is the body of, else -1. */
  readonly subject: number;
  readonly bindings: Readonly<Record<string, readonly Binding[]>>;
  /** Modules of `from … import *`, in order. */
  readonly starImports: readonly StarImport[];
  /** Names declared `global` or `nonlocal` here. */
  readonly outerNames: readonly string[];
  /** Dotted names tested here for being awaitable, a coroutine, a generator: they may be several things. */
  readonly guardedNames: readonly string[];
  /** Dotted names whose class or attributes are tested here (`isinstance`, `hasattr`, `match`). */
  readonly testedNames: readonly string[];
  /** `locals()`, `eval`, `exec` or `vars()` is called: any local may be read. */
  readonly isDynamic: boolean;
}

export interface ModuleName {
  /** Dotted name, "" for `from . import x`. */
  readonly module: string;
  /** Number of leading dots; 0 for absolute imports. */
  readonly level: number;
}

/** `from module import *`, and the offset where it stands. */
export interface StarImport extends ModuleName {
  readonly at: number;
}

/** One place where a name gets a value. */
export interface Binding {
  readonly at: number;
  /** The block it stands in (see `BlockFacts`). */
  readonly block: number;
  readonly target: BindingTarget;
}

export type BindingTarget =
  | { readonly kind: "import"; readonly module: string; readonly isAliased: boolean }
  | ({ readonly kind: "from-import"; readonly name: string } & ModuleName)
  | { readonly kind: "function"; readonly index: number }
  | { readonly kind: "class"; readonly index: number }
  | { readonly kind: "value"; readonly value: Expression | null; readonly annotation: Expression | null }
  /** `type X = …` or `X: TypeAlias = …` */
  | {
      readonly kind: "type-alias";
      readonly type: Expression;
      readonly typeParameters: readonly TypeParameter[];
    }
  /** Within `if isinstance(name, type)`, and behind `if not isinstance(name, type): return`. */
  | { readonly kind: "narrowing"; readonly types: readonly Expression[] }
  | {
      readonly kind: "parameter";
      readonly annotation: Expression | null;
      /** Position among the positional parameters, -1 for keyword-only, `*args` and `**kwargs`. */
      readonly position: number;
      /** `*args` or `**kwargs`. */
      readonly isVariadic: boolean;
      readonly isKeywords: boolean;
      readonly default: Expression | null;
    };

/** A parameter as calls see it. */
export interface Parameter {
  readonly name: string;
  /** "args" is `*name`, "kwargs" is `**name`, "keyword" stands behind a `*`. */
  readonly kind: "positional" | "keyword" | "args" | "kwargs";
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}

/** A type parameter of PEP 695: `def f[T: Base]`. */
export interface TypeParameter {
  readonly name: string;
  readonly bound: Expression | null;
}

/** A suite of statements; the tree of blocks tells which binding is seen by which use. */
export interface BlockFacts {
  readonly parent: number;
  /** The suite (or the condition) may run more than once. */
  readonly isLoop: boolean;
  /** Blocks with the same number are branches of one `if` or `match`: at most one of them runs. -1 for others. */
  readonly choice: number;
  readonly start: number;
  readonly end: number;
}

export interface FunctionFacts extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  /** Scope of the body. */
  readonly scope: number;
  /** Scope the `def` stands in. */
  readonly parentScope: number;
  readonly isAsync: boolean;
  /** `yield` and `yield from` in its own scope, reachable or not. */
  readonly yields: readonly Yield[];
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly typeParameters: readonly TypeParameter[];
  readonly returnAnnotation: Expression | null;
  /** Values of its own `return` statements; null for a bare `return`. */
  readonly returns: readonly (Expression | null)[];
  /** The body is a declaration only: `...`, `pass`, a docstring, `raise NotImplementedError`. */
  readonly isStub: boolean;
  /** The end of the body can be reached, so that `None` may be returned. */
  readonly mayFallThrough: boolean;
  /** A `while True` without `break` or `return`. */
  readonly isEndless: boolean;
  /** Contains `await` (or asynchronous syntax) where Python refuses it: what the function is meant to be is open. */
  readonly hasMisplacedAwait: boolean;
}

interface Yield extends Span {
  readonly value: Expression | null;
  readonly isFrom: boolean;
  /** Leaving the function here runs code: a `finally`, or the end of a `with` or `async with`. */
  readonly hasCleanup: boolean;
}

export interface ClassFacts extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly scope: number;
  readonly parentScope: number;
  readonly bases: readonly Expression[];
  readonly hasMetaclass: boolean;
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly TypeParameter[];
  /** Assignments to attributes of `self` (of `cls` in class methods) in its methods. */
  readonly selfAttributes: Readonly<Record<string, readonly SelfAttribute[]>>;
}

interface SelfAttribute {
  readonly at: number;
  /** Scope in which the value's names are looked up. */
  readonly scope: number;
  readonly block: number;
  readonly value: Expression | null;
  readonly annotation: Expression | null;
}

/** How a value is consumed. */
export type Consumption =
  /** `span` of the use is the operand, `outer` the whole `await` expression. */
  | { readonly way: "await"; readonly outer: Span; readonly parent: Consumption | null }
  | {
      readonly way: "iterate";
      readonly isAsync: boolean;
      readonly form: "for" | "clause" | "star" | "unpack" | "in" | "yield-from" | "builtin" | "join";
      /** For form "builtin": the called name. */
      readonly callee: Expression | null;
      /** The statement, clause or call that iterates. */
      readonly outer: Span;
      /** `for` may be written `async for` here without changing what the surrounding expression is. */
      readonly canBeAsync: boolean;
    }
  | {
      readonly way: "enter";
      readonly isAsync: boolean;
      readonly form: "with" | "enter-context" | "enter-async-context";
      /** The `with` statement or the call. */
      readonly outer: Span;
      readonly itemCount: number;
    }
  | {
      readonly way: "discard";
      readonly form: "statement" | "branch" | "display" | "local";
      readonly outer: Span;
      /** For form "local": the name that is never read. */
      readonly name: string | null;
    }
  /** Argument of a call that may await it: `asyncio.run(x)`, `tg.create_task(x)`. */
  | { readonly way: "pass"; readonly callee: Expression; readonly outer: Span };

/** One expression that is consumed in a way that matters. */
export interface Use extends Span {
  readonly expression: Expression;
  readonly consumption: Consumption;
  /** Scope its names are looked up in. */
  readonly scope: number;
  /** Nearest enclosing module, class, function or lambda scope. */
  readonly owner: number;
  readonly block: number;
  /** `await` may be inserted here without changing what the surrounding expression is. */
  readonly canAwait: boolean;
  /** Inside a generator expression, outside its first iterable. */
  readonly isInGeneratorExpression: boolean;
  /** Statement that contains it. */
  readonly statement: Span;
}

/** Asynchronous syntax whose place has to be checked, or that no async generator may contain. */
export interface Placement extends Span {
  readonly form:
    | "await"
    | "async-for"
    | "async-with"
    | "async-comprehension"
    | "yield-from"
    | "return-value"
    | "raise-stop";
  readonly owner: number;
  /** For "raise-stop": the exception's name; otherwise the keyword's source. */
  readonly detail: string;
  /** Written where Python allows it (for the four `async`/`await` forms). */
  readonly isLegal: boolean;
  /** The iterated or returned expression, where there is one. */
  readonly expression: Expression | null;
  readonly scope: number;
  readonly block: number;
}

/** A call and where it stands. Scope and block are where its names are looked up. */
export interface CallSite extends Span {
  readonly expression: Expression & { readonly kind: "call" };
  readonly scope: number;
  /** Nearest enclosing module, class, function or lambda scope: the body that runs the call. */
  readonly owner: number;
  readonly block: number;
  /** What its value is used for, by the syntax right around it (parentheses do not count). */
  readonly position: CallPosition;
  /** `await` may be inserted here without changing what the surrounding expression is. */
  readonly canAwait: boolean;
  readonly isInGeneratorExpression: boolean;
  /** Statement that contains it. */
  readonly statement: Span;
}

export type CallPosition =
  /** Operand of `await`. */
  | "awaited"
  /** The whole statement. */
  | "statement"
  /** Argument of another call (also by keyword). */
  | "argument"
  /** Right side of an assignment, also of `:=`. */
  | "assigned"
  | "returned"
  | "yielded"
  /** `call().name` */
  | "attribute"
  /** `call()[…]` */
  | "subscript"
  /** `call()()` */
  | "called"
  /** Operand of an arithmetic operator. */
  | "arithmetic"
  /** Operand of a comparison, `in` and `is` among them. */
  | "comparison"
  /** Operand of `not`, `and`, `or`. */
  | "boolean"
  /** Condition of `if`, `elif`, `while`, `assert`, a conditional expression, a comprehension or a guard. */
  | "condition"
  /** In the braces of an f-string. */
  | "formatted"
  /** Iterable of a `for` statement or clause. */
  | "iterated"
  /** Item of `with`. */
  | "entered"
  | "other";
