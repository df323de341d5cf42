import type { Span } from "./location.ts";
import { ownNodes } from "./own-scope.ts";
import { childByField, namedChildren, type SyntaxNode } from "./syntax-node.ts";
import {
  addAll,
  asUnsure,
  conditionsOf,
  EXIT_NAMES,
  type Exits,
  isUntouched,
  merge,
  nothing,
  onCondition,
  type State,
  state,
  unsure,
  yieldsOf,
} from "./yield-states.ts";

/** How often one run of a generator function that is used as a context manager may yield. */
export interface YieldPaths {
  /** A run ends normally without having yielded. */
  readonly mayYieldNothing: boolean;
  /** The first `yield` that a run may reach after another one. */
  readonly second: Span | null;
}

interface Walk {
  readonly text: string;
  readonly mayNotReturn: (call: SyntaxNode) => boolean;
  second: SyntaxNode | null;
  /** Something that is not followed: nothing is said. */
  isUnclear: boolean;
}

/** Python itself refuses more than 100 levels of indentation. */
const MAX_DEPTH = 100;

/**
 * Follows every path through the body of a generator function. Loops over something unknown are taken to run once;
 * conditions that may depend on each other are not combined. `mayNotReturn` tells of a call whether it may raise
 * always (`sys.exit`, `pytest.fail`, a function that is not known). Null when the body holds what is not followed.
 */
export function yieldPaths(
  body: SyntaxNode,
  text: string,
  mayNotReturn: (call: SyntaxNode) => boolean,
): YieldPaths | null {
  const walk: Walk = { text, mayNotReturn, second: null, isUnclear: false };
  const exits = suite(walk, body, new Set([state(0, 0)]), 0);
  if (walk.isUnclear) return null;
  const ends = [...exits.fall, ...exits.return];
  return {
    mayYieldNothing: ends.some((one) => yieldsOf(one) === 0 && conditionsOf(one) <= 1),
    second: walk.second === null ? null : { start: walk.second.start, end: walk.second.end },
  };
}

function suite(walk: Walk, body: SyntaxNode | null, entry: ReadonlySet<State>, depth: number): Exits {
  const exits = nothing();
  let current = new Set(entry);
  for (const statement of body === null ? [] : namedChildren(body)) {
    if (current.size === 0) break;
    const after = follow(walk, statement, current, depth);
    merge(exits, after, "fall");
    current = after.fall;
  }
  addAll(exits.fall, current);
  return exits;
}

function follow(walk: Walk, statement: SyntaxNode, entry: ReadonlySet<State>, depth: number): Exits {
  if (depth > MAX_DEPTH) walk.isUnclear = true;
  if (walk.isUnclear) return nothing();
  switch (statement.type) {
    case "if_statement":
      return branches(walk, statement, entry, depth);
    case "match_statement":
      return match(walk, statement, entry, depth);
    case "while_statement":
      return whileLoop(walk, statement, entry, depth);
    case "for_statement":
      return forLoop(walk, statement, entry, depth);
    case "try_statement":
      return tryStatement(walk, statement, entry, depth);
    case "with_statement":
      return suite(walk, childByField(statement, "body"), entry, depth + 1);
    case "function_definition":
    case "class_definition":
    case "decorated_definition":
      return { ...nothing(), fall: new Set(entry) };
    default:
      return simple(walk, statement, entry);
  }
}

/** A statement without a suite: the yields in it, then how it ends. */
function simple(walk: Walk, statement: SyntaxNode, entry: ReadonlySet<State>): Exits {
  const exits = nothing();
  let current = new Set(entry);
  for (const node of [statement, ...ownNodes(statement)]) {
    if (node.type === "yield" && node.isNamed) current = passYield(walk, node, current, exits);
    // A yield in one of these runs or does not; that is not followed.
    if (node.type === "conditional_expression" || node.type === "boolean_operator")
      if (holdsYield(node)) walk.isUnclear = true;
  }
  switch (statement.type) {
    case "return_statement":
      addAll(exits.return, current);
      return exits;
    case "raise_statement":
      return exits;
    case "break_statement":
      addAll(exits.break, current);
      return exits;
    case "continue_statement":
      addAll(exits.continue, current);
      return exits;
    case "assert_statement":
      if (/^assert\s*\(?\s*(False|0)\b/.test(walk.text.slice(statement.start, statement.end))) return exits;
      break;
    case "expression_statement": {
      const call = callOf(statement);
      if (call !== null && walk.mayNotReturn(call)) current = new Set([...current].map(asUnsure));
      break;
    }
  }
  addAll(exits.fall, current);
  return exits;
}

/** The call that is a whole statement, awaited or not. */
function callOf(statement: SyntaxNode): SyntaxNode | null {
  let [node] = namedChildren(statement);
  if (node?.type === "await") [node] = namedChildren(node);
  return node?.type === "call" ? node : null;
}

function passYield(walk: Walk, node: SyntaxNode, entry: ReadonlySet<State>, exits: Exits): Set<State> {
  const after = new Set<State>();
  for (const one of entry) {
    if (yieldsOf(one) >= 1 && conditionsOf(one) <= 1 && (walk.second?.start ?? Infinity) > node.start)
      walk.second = node;
    after.add(state(yieldsOf(one) + 1, conditionsOf(one)));
  }
  addAll(exits.thrown, after);
  return after;
}

function branches(walk: Walk, statement: SyntaxNode, entry: ReadonlySet<State>, depth: number): Exits {
  const suites: (SyntaxNode | null)[] = [childByField(statement, "consequence")];
  let hasElse = false;
  for (const child of statement.children) {
    if (child.type === "elif_clause") suites.push(childByField(child, "consequence"));
    if (child.type !== "else_clause") continue;
    hasElse = true;
    suites.push(childByField(child, "body"));
  }
  if (isConstant(walk, childByField(statement, "condition")) && holdsYield(statement)) walk.isUnclear = true;
  return choose(
    walk,
    statement,
    suites,
    entry,
    depth,
    hasElse ? "all" : suites.length > 1 ? "unknown" : "not all",
  );
}

const CONSTANT =
  /^(not\s+)?(True|False|[01]|__debug__|(\w+\.)*TYPE_CHECKING|(\w+\.)*(version_info|platform)\b.*)$/s;

function isConstant({ text }: Walk, condition: SyntaxNode | null): boolean {
  return condition !== null && CONSTANT.test(text.slice(condition.start, condition.end));
}

function holdsYield(node: SyntaxNode): boolean {
  for (const { type } of ownNodes(node)) if (type === "yield") return true;
  return false;
}

/**
 * One of several suites runs, or (where they may not be `all` there are) none. Where they yield or leave, that is a
 * condition of what comes after.
 */
function choose(
  walk: Walk,
  statement: SyntaxNode,
  suites: readonly (SyntaxNode | null)[],
  entry: ReadonlySet<State>,
  depth: number,
  coverage: "all" | "not all" | "unknown",
): Exits {
  // Also a second `yield` within a suite depends on the condition.
  const inner = holdsYield(statement) ? onCondition(entry) : entry;
  const outcomes = suites.map((one) => suite(walk, one, inner, depth + 1));
  if (outcomes.every((one) => isUntouched(one, entry))) return { ...nothing(), fall: new Set(entry) };
  if (coverage !== "all") {
    const fall = new Set(coverage === "unknown" ? [...entry].map((one) => state(yieldsOf(one), 2)) : inner);
    outcomes.push({ ...nothing(), fall });
  }
  // A branch that always raises is a check: what goes on has no condition of its own.
  const going = outcomes.filter((one) => EXIT_NAMES.some((name) => one[name].size > 0));
  const isDecision = going.length > 1 && inner === entry;
  const exits = nothing();
  for (const one of going)
    for (const name of EXIT_NAMES) addAll(exits[name], isDecision ? onCondition(one[name]) : one[name]);
  return exits;
}

function match(walk: Walk, statement: SyntaxNode, entry: ReadonlySet<State>, depth: number): Exits {
  const body = childByField(statement, "body") ?? statement;
  const clauses = namedChildren(body).filter(({ type }) => type === "case_clause");
  const isExhaustive = clauses.some((clause) => {
    const hasGuard = clause.children.some(({ type }) => type === "if_clause");
    const patterns = namedChildren(clause).filter(({ type }) => type === "case_pattern");
    const [only] = patterns;
    return (
      !hasGuard &&
      patterns.length === 1 &&
      only !== undefined &&
      /^\w+$/.test(walk.text.slice(only.start, only.end))
    );
  });
  const suites = clauses.map((clause) => childByField(clause, "consequence"));
  return choose(walk, statement, suites, entry, depth, isExhaustive ? "all" : "unknown");
}

function whileLoop(walk: Walk, statement: SyntaxNode, entry: ReadonlySet<State>, depth: number): Exits {
  const condition = childByField(statement, "condition");
  const isEndless = condition !== null && /^(True|1)$/.test(walk.text.slice(condition.start, condition.end));
  const exits = nothing();
  const done = new Set(isEndless ? [] : onCondition(entry));
  const seen = new Set<State>();
  let current = new Set(isEndless ? entry : onCondition(entry));
  // There are nine states, so this ends.
  while ([...current].some((one) => !seen.has(one))) {
    addAll(seen, current);
    const round = suite(walk, childByField(statement, "body"), current, depth + 1);
    merge(exits, round, "fall", "break", "continue");
    addAll(exits.fall, round.break);
    const again = new Set([...round.fall, ...round.continue]);
    if (!isEndless) addAll(done, again);
    current = isEndless ? again : onCondition(again);
  }
  merge(exits, afterLoop(walk, statement, done, depth));
  return exits;
}

/** A loop over something that is not known runs once, as far as anybody can tell. */
function forLoop(walk: Walk, statement: SyntaxNode, entry: ReadonlySet<State>, depth: number): Exits {
  const exits = nothing();
  const body = childByField(statement, "body");
  const round = suite(walk, body, onCondition(entry), depth + 1);
  merge(exits, round, "fall", "break", "continue");
  // Where a round may yield, whether one does depends on what is iterated over.
  const isOpen = body !== null && holdsYield(body);
  const ends = [...round.fall, ...round.continue];
  const isSure = !isOpen && ends.length > 0;
  const done = new Set([...(isOpen ? ends.map(asUnsure) : ends), ...(isSure ? entry : unsure(entry))]);
  addAll(exits.fall, isOpen ? [...round.break].map(asUnsure) : round.break);
  merge(exits, afterLoop(walk, statement, done, depth));
  return exits;
}

/** What comes of the states in which a loop was not left by `break`: its `else` runs. */
function afterLoop(walk: Walk, statement: SyntaxNode, done: ReadonlySet<State>, depth: number): Exits {
  const otherwise = statement.children.find(({ type }) => type === "else_clause");
  return otherwise === undefined
    ? { ...nothing(), fall: new Set(done) }
    : suite(walk, childByField(otherwise, "body"), done, depth + 1);
}

function tryStatement(walk: Walk, statement: SyntaxNode, entry: ReadonlySet<State>, depth: number): Exits {
  const inside = suite(walk, childByField(statement, "body"), entry, depth + 1);
  const exits = nothing();
  merge(exits, inside, "fall", "thrown");
  const otherwise = statement.children.find(({ type }) => type === "else_clause");
  if (otherwise === undefined) addAll(exits.fall, inside.fall);
  else merge(exits, suite(walk, childByField(otherwise, "body"), inside.fall, depth + 1));
  const handlers = statement.children.filter(
    ({ type }) => type === "except_clause" || type === "except_group_clause",
  );
  // An exception before the `yield` may be caught as well: where that leads, more than one thing decides.
  const raised = new Set<State>([...inside.thrown, ...unsure(entry)]);
  for (const handler of handlers) {
    const block = namedChildren(handler).find(({ type }) => type === "block") ?? null;
    merge(exits, suite(walk, block, raised, depth + 1));
  }
  addAll(exits.thrown, inside.thrown);
  const last = statement.children.find(({ type }) => type === "finally_clause");
  return last === undefined ? exits : finallyClause(walk, last, exits, depth);
}

function finallyClause(walk: Walk, clause: SyntaxNode, before: Exits, depth: number): Exits {
  const block = namedChildren(clause).find(({ type }) => type === "block") ?? null;
  const exits = nothing();
  for (const name of EXIT_NAMES) {
    if (before[name].size === 0) continue;
    const after = suite(walk, block, before[name], depth + 1);
    addAll(exits[name], after.fall);
    merge(exits, after, "fall");
  }
  return exits;
}
