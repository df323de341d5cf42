import { reachingBindings } from "../project/reaching-bindings.ts";
import type { Value } from "../project/values.ts";
import type { Binding, CallSite, ScopeFacts } from "../python/facts.ts";
import { mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import { callAt } from "./call-at.ts";
import { type Need, neededBy } from "./needed-by.ts";
import { positionAt } from "./position-at.ts";
import type { FileView } from "./rule.ts";
import { wantsPlainValue } from "./wants-plain-value.ts";

export type Coroutine = Extract<Value, { kind: "coroutine" }>;

/** A local name that is bound to a coroutine, with what becomes of it until it is bound anew. */
export interface CoroutineVariable {
  readonly name: string;
  /** The call on the right side of the assignment. */
  readonly call: CallSite;
  readonly value: Coroutine;
  /** Places that need the result and are certainly reached by this coroutine (and by no other value), in order. */
  readonly needs: readonly Need[];
  /** Nothing is done with the coroutine besides: awaiting the call suits all places. */
  readonly isOnlyRead: boolean;
  /** It is awaited, passed on or stored somewhere: whoever does that may know that it is a coroutine. */
  readonly isHandedOn: boolean;
  /** No other assignment gives the name its value at these places. */
  readonly isOnlyBinding: boolean;
}

/** The locals (and the names of the module's own body) that hold coroutines whose result is needed somewhere. */
export function* coroutineVariables(file: FileView): Generator<CoroutineVariable> {
  for (const [index, scope] of file.unit.facts.scopes.entries()) {
    if (scope.kind !== "function" && scope.kind !== "module") continue;
    for (const [name, bindings] of Object.entries(scope.bindings)) {
      for (const binding of bindings) {
        const value = coroutineOf(file, binding, name, index);
        if (value === null) continue;
        const variable = variableOf(file, scope, name, bindings, binding, value);
        if (variable !== null && variable.needs.length > 0) yield variable;
      }
    }
  }
}

/** The coroutine that a binding certainly gives its name, by a call that stands there; else null. */
function coroutineOf(
  file: FileView,
  { target, block, at }: Binding,
  name: string,
  scope: number,
): Coroutine | null {
  if (target.kind !== "value" || target.value?.kind !== "call" || target.annotation !== null) return null;
  // Classes are not coroutine functions, and their names are the most frequent ones here.
  const { callee } = target.value;
  if ((callee.kind === "name" || callee.kind === "attribute") && /^_*[A-Z]\w*[a-z]/.test(callee.name))
    return null;
  const here = { kind: "name", name, start: at, end: at } as const;
  const value = file.certainValue(here, { scope, block, start: at + 1 });
  return value.kind === "coroutine" ? value : null;
}

function variableOf(
  file: FileView,
  scope: ScopeFacts,
  name: string,
  bindings: readonly Binding[],
  binding: Binding,
  value: Coroutine,
): CoroutineVariable | null {
  const { unit, tree } = file;
  const { facts } = unit;
  if (binding.target.kind !== "value" || binding.target.value === null) return null;
  const call = callAt(file, binding.target.value);
  const owner = scope.kind === "module" ? tree.root : nodeAt(tree.root, scope, "function_definition");
  const isShared = facts.scopes.some(({ outerNames }) => outerNames.includes(name));
  if (call === undefined || owner === null || isShared || scope.isDynamic) return null;
  const needs: Need[] = [];
  let isOnlyRead = true;
  let isHandedOn = false;
  let isOnlyBinding = true;
  for (const mention of mentionsOf(name, owner, unit.text)) {
    const isOwn = scopeOwner(mention) === (scope.kind === "module" ? null : owner);
    if (!isOwn) {
      isOnlyRead = false;
      isHandedOn = true;
      continue;
    }
    const position = positionAt(file, mention);
    const place = { file: file.path, at: mention.start, ...position };
    const reaching = isWritten(mention) ? [] : reachingBindings(facts.blocks, bindings, place);
    if (!reaching.includes(binding)) continue;
    if (reaching.length > 1) isOnlyBinding = false;
    const here = { kind: "name", name, start: mention.start, end: mention.end } as const;
    const isCertain = file.certainValue(here, position).kind === "coroutine";
    const need = neededBy(file, mention);
    if (isCertain && need === null && wantsPlainValue(file, mention)) continue;
    if (need === null || !isCertain) {
      isOnlyRead = false;
      if (!isCertain || mention.parent?.type !== "return_statement") isHandedOn = true;
    } else if (need.use.form !== "identity") needs.push(need);
  }
  const walrus = nodeAt(tree.root, call, "call")?.parent ?? null;
  const own = walrus?.type === "named_expression" ? neededBy(file, walrus) : null;
  if (own !== null) needs.unshift(own);
  return { name, call, value, needs, isOnlyRead, isHandedOn, isOnlyBinding };
}

/** True for the target of an assignment, a loop, `with … as`, `del`, an import. */
function isWritten(mention: SyntaxNode): boolean {
  let child = mention;
  for (let { parent } = mention; parent !== null; child = parent, parent = parent.parent) {
    if (
      /^(pattern_list|tuple_pattern|list_pattern|list_splat_pattern|as_pattern_target|tuple)$/.test(
        parent.type,
      )
    )
      continue;
    if (/^(assignment|for_statement|for_in_clause)$/.test(parent.type)) return child.field === "left";
    if (parent.type === "named_expression") return child.field === "name";
    return /^(as_pattern|delete_statement|global_statement|nonlocal_statement|dotted_name|aliased_import)$/.test(
      parent.type,
    );
  }
  return false;
}
