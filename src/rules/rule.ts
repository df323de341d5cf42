import type { Capabilities } from "../project/capabilities.ts";
import type { Hop } from "../project/hop.ts";
import type { Project, SourceUnit } from "../project/project.ts";
import type { Value } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import type { CallSite, Consumption, Use } from "../python/facts.ts";
import type { Span } from "../python/location.ts";
import type { SyntaxTree } from "../python/syntax-node.ts";
import type { Message, Severity } from "./finding.ts";
import type { Repair } from "./repair.ts";

/** The data sheet of a rule with its check. */
export interface Rule {
  /** Kebab-case, the product's API; never changes. */
  readonly name: string;
  readonly code: string;
  readonly severity: Severity;
  /** False for rules that only speak where someone selected them; their page says why. */
  readonly isOnByDefault: boolean;
  /** One sentence: what the rule finds. */
  readonly summary: string;
  readonly family: RuleFamily;
  check(file: FileView): Iterable<Draft>;
}

/** Decides which of two findings on one expression is kept: earlier families win. */
export type RuleFamily = "syntax" | "mismatch" | "non-awaitable" | "missing-await" | "other";

/** A checked file: its tree, its facts and everything that is known about its uses. */
export interface FileView {
  readonly path: string;
  readonly project: Project;
  readonly unit: SourceUnit;
  readonly tree: SyntaxTree;
  readonly sites: readonly UseSite[];
  /** Calls that are not near a syntax error, in source order; nothing is known of them until it is asked for. */
  readonly calls: readonly CallSite[];
  /** What an expression certainly is where it stands; unknown for what is only likely. */
  certainValue(expression: Expression, position: Position): Value;
}

/** Where the names of an expression are looked up: those of a use, a call, a binding in a scope. */
export interface Position {
  readonly scope: number;
  readonly block: number;
  /** Offset of the expression (or of what it belongs to). */
  readonly start: number;
}

/** A use together with what is consumed in it. */
export interface UseSite<Kind extends Consumption = Consumption> extends Span {
  readonly use: Use;
  readonly consumption: Kind;
  readonly value: Value;
  readonly capabilities: Capabilities;
}

/** What a rule found, before it has a place and a verified repair. */
export interface Draft {
  /** The offending expression (or statement head). */
  readonly span: Span;
  readonly message: Message;
  readonly chain: readonly Hop[];
  readonly repair: Repair | null;
  readonly severity?: Severity;
  /** The finding is dropped where one of the family "missing-await" lies in this span: that may be its cause. */
  readonly unlessMissingAwaitIn?: Span;
}
