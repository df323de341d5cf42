/** Raised with every change of the form or meaning of `Scan`, so that stored ones are told apart. */
export const SCAN_VERSION = 1;

/**
 * What a lexical pass over one Python file finds: enough to know where a name is defined, imported and
 * mentioned in a whole repository without parsing it. Plain data: it survives a structured clone, and JSON
 * when `names` is turned into an array.
 */
export interface Scan {
  readonly version: typeof SCAN_VERSION;
  /** Every `def` and `class`, in source order. */
  readonly definitions: readonly ScannedDefinition[];
  /** Every imported name, in source order. */
  readonly imports: readonly ScannedImport[];
  /**
   * `nameHash` of every name that the file mentions: identifiers of the code (keywords may be among them) and
   * words in strings of one line (annotations, `patch("a.b")`), not of comments and docstrings; no order.
   */
  readonly names: Int32Array;
}

export interface ScannedDefinition {
  readonly kind: "function" | "class";
  readonly name: string;
  readonly isAsync: boolean;
  /** Has a `yield` in its own scope, reachable or not. */
  readonly isGenerator: boolean;
  /** Index of the definition around it, -1 in the module's own body. */
  readonly parent: number;
  /** UTF-16 offset of `async`, `def` or `class` in the decoded text (without its byte order mark). */
  readonly start: number;
  /** Leading dotted name of each decorator, without arguments; "" when it starts with anything else. */
  readonly decorators: readonly string[];
  /** Leading dotted name of each positional base (`Generic` of `Generic[T]`), "" as above; empty for functions. */
  readonly bases: readonly string[];
}

/** One name of an import statement. */
export interface ScannedImport {
  /** Dotted name without leading dots, "" in `from . import x`. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  /** The name behind `from … import`, "*" for all; null in `import module`. */
  readonly name: string | null;
  /** The name behind `as`. */
  readonly alias: string | null;
  /** Index of the definition around it, -1 in the module's own body. */
  readonly owner: number;
}

/** No names: shared, because most definitions have neither decorators nor bases. */
export const NONE: readonly string[] = [];
