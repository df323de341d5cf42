import type { Binding } from "../python/facts.ts";
import { ownNodes, scopeOwner } from "../python/own-scope.ts";
import { nodeCovering, type SyntaxNode } from "../python/syntax-node.ts";
import { isAwaitingCall } from "./is-awaiting-call.ts";
import { REUSE_REASON } from "./reuse-reason.ts";
import type { Draft, FileView, UseSite } from "./rule.ts";
import { quote } from "./sites.ts";

/** Locals bound once to a coroutine and awaited twice on one path, or in a loop that does not bind them anew. */
export function* awaitedAgain(file: FileView): Generator<Draft> {
  for (const { sites, binding } of awaitedNames(file)) {
    const first = sites.find((site) => isRepeatedByLoop(file, site, binding));
    const again =
      first ?? sites.find((site, index) => sites.slice(0, index).some((one) => runsBefore(file, one, site)));
    if (again === undefined) continue;
    const { expression } = again.use;
    yield {
      span:
        again.consumption.way === "await" ? again.consumption.outer : { start: again.start, end: again.end },
      message: {
        problem:
          first === undefined
            ? `${quote(file, expression)} is a coroutine that was awaited before.`
            : `${quote(file, expression)} is one coroutine, and it is awaited in every round of the loop.`,
        reason: REUSE_REASON,
        remedy:
          "Call the function again for a new coroutine, or keep its result or a task (`asyncio.create_task`).",
      },
      chain: again.value.hops,
      repair: null,
    };
  }
}

interface AwaitedName {
  /** Where it is awaited (or given to a function that awaits it), in source order. */
  readonly sites: readonly UseSite[];
  readonly binding: Binding;
}

function* awaitedNames(file: FileView): Generator<AwaitedName> {
  const { scopes } = file.unit.facts;
  const groups = new Map<string, UseSite[]>();
  for (const site of file.sites) {
    const { expression, owner } = site.use;
    if (expression.kind !== "name" || site.value.kind !== "coroutine") continue;
    if (site.consumption.way !== "await" && site.consumption.way !== "pass") continue;
    const key = `${owner}:${expression.name}`;
    groups.set(key, [...(groups.get(key) ?? []), site]);
  }
  for (const sites of groups.values()) {
    const [first] = sites;
    if (first?.use.expression.kind !== "name") continue;
    const { name } = first.use.expression;
    const bindings = scopes[first.use.owner]?.bindings[name] ?? [];
    const [binding] = bindings;
    if (bindings.length !== 1 || binding?.target.kind !== "value" || binding.target.value?.kind !== "call")
      continue;
    if (scopes.some(({ outerNames }) => outerNames.includes(name))) continue;
    const certain = sites.filter((site) => site.consumption.way === "await" || isAwaitingCall(file, site));
    yield { sites: certain, binding };
  }
}

/** In a loop that runs it in every round and is left by nothing but its own end. */
function isRepeatedByLoop(file: FileView, site: UseSite, binding: Binding): boolean {
  const statement = statementOf(nodeOf(file, site));
  let suite = statement?.parent ?? null;
  while (suite?.parent?.type === "with_statement") suite = suite.parent.parent;
  const loop = suite?.parent;
  if (suite == null || loop == null || !/^(for|while)_statement$/.test(loop.type)) return false;
  return suite.field === "body" && binding.at <= loop.start && !hasExit(suite);
}

/** Whether a path leads through the first and then through the second. */
function runsBefore(file: FileView, first: UseSite, second: UseSite): boolean {
  const before = nodeOf(file, first);
  const after = nodeOf(file, second);
  const target = statementOf(after);
  let statement = statementOf(before);
  if (scopeOwner(before) !== scopeOwner(after) || statement?.type !== "expression_statement") return false;
  let isCertain = true;
  while (statement !== null) {
    const suite: SyntaxNode | null = statement.parent;
    if (suite === null) return false;
    let inSuite: SyntaxNode | null = after;
    while (inSuite !== null && inSuite.parent !== suite) inSuite = inSuite.parent;
    // A first one that only some paths run, and a second one under another condition: these may exclude each other.
    if (inSuite !== null && inSuite.start >= statement.end) return isCertain || inSuite === target;
    if (inSuite !== null || hasExit(suite)) return false;
    isCertain = false;
    statement = compoundAround(suite);
  }
  return false;
}

/** The compound statement that a suite belongs to, where its end is reached when that of the suite is. */
function compoundAround(suite: SyntaxNode): SyntaxNode | null {
  let node = suite.parent;
  while (node !== null && /^(else|elif|case|finally)_clause$/.test(node.type)) node = node.parent;
  return node !== null && /_statement$/.test(node.type) ? node : null;
}

function nodeOf(file: FileView, site: UseSite): SyntaxNode {
  return nodeCovering(file.tree.root, site) ?? file.tree.root;
}

const CONDITIONAL =
  /^(conditional_expression|boolean_operator|lambda|\w+_comprehension|generator_expression)$/;

/** The simple statement (or the head of a compound one) that certainly evaluates an expression; else null. */
function statementOf(node: SyntaxNode): SyntaxNode | null {
  for (let outer: SyntaxNode | null = node; outer !== null; outer = outer.parent) {
    if (CONDITIONAL.test(outer.type) || outer.type === "block") return null;
    if (/_statement$/.test(outer.type)) return outer;
  }
  return null;
}

const EXITS = /^(return|raise|break|continue)_statement$/;

function hasExit(suite: SyntaxNode): boolean {
  for (const node of ownNodes(suite)) if (EXITS.test(node.type)) return true;
  return false;
}
