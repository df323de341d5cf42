import { isTested } from "../project/lookup-name.ts";
import type { Place } from "../project/project.ts";
import { reachingBindings } from "../project/reaching-bindings.ts";
import type { Value } from "../project/values.ts";
import type { Binding, CallSite, ScopeFacts } from "../python/facts.ts";
import { mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { childByField, nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import { callAt } from "./call-at.ts";
import { mayGiveCoroutine } from "./may-give-coroutine.ts";
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
  /**
   * Places that need the result, in order: those that no other value reaches, or, where the coroutine is never
   * handed on, all that it may reach.
   */
  readonly needs: readonly Need[];
  /** Nothing is done with the coroutine besides: awaiting the call suits all places. */
  readonly isOnlyRead: boolean;
  /** It is awaited, passed on or stored somewhere: whoever does that may know that it is a coroutine. */
  readonly isHandedOn: boolean;
  /** No other coroutine reaches these places. */
  readonly isOnlyBinding: boolean;
}

/** The locals (and the names of the module's own body) that hold coroutines whose result is needed somewhere. */
export function* coroutineVariables(file: FileView): Generator<CoroutineVariable> {
  for (const [index, scope] of file.unit.facts.scopes.entries()) {
    if (scope.kind !== "function" && scope.kind !== "module") continue;
    for (const [name, bindings] of Object.entries(scope.bindings)) {
      let mentions: readonly Mention[] | null = null;
      for (const binding of bindings) {
        const value = coroutineOf(file, binding, name, index) ?? declaredCoroutine(file, binding, index);
        if (value === null) continue;
        mentions ??= readsOf(file, scope, name, bindings);
        const variable = variableOf(file, name, mentions, binding, value);
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
  if (!mayGiveCoroutine(file, target.value, { scope, block, start: target.value.start })) return null;
  const here = { kind: "name", name, start: at, end: at } as const;
  const value = file.certainValue(here, { scope, block, start: at + 1 });
  return value.kind === "coroutine" ? value : null;
}

/** `user: User = get_user()`: the annotation says that the result was meant, and the call gives a coroutine. */
function declaredCoroutine(file: FileView, { target, block, at }: Binding, scope: number): Coroutine | null {
  if (target.kind !== "value" || target.value?.kind !== "call" || target.annotation === null) return null;
  const value = file.certainValue(target.value, { scope, block, start: target.value.start });
  if (value.kind !== "coroutine") return null;
  const place = { file: file.path, scope, block, at };
  const declared = file.project.evaluateType(target.annotation, place);
  const isPlain = file.project.capabilities(declared).awaitable === "no" && (declared.doubts ?? 0) === 0;
  return isPlain ? value : null;
}

/** A read of the name. */
interface Mention {
  readonly node: SyntaxNode;
  /** The bindings that may have given it its value; null in an inner function, which sees any of them. */
  readonly bindings: readonly Binding[] | null;
  /** It is a coroutine there, whichever of the bindings it was. */
  readonly isCoroutine: boolean;
  readonly need: Need | null;
}

/** Every read of a local; none where the name may be bound in a way that cannot be followed. */
function readsOf(
  file: FileView,
  scope: ScopeFacts,
  name: string,
  bindings: readonly Binding[],
): readonly Mention[] {
  const { unit, tree } = file;
  const owner = scope.kind === "module" ? tree.root : nodeAt(tree.root, scope, "function_definition");
  const isShared = unit.facts.scopes.some(({ outerNames }) => outerNames.includes(name));
  if (owner === null || isShared || scope.isDynamic) return [];
  const mentions: Mention[] = [];
  const body = scope.kind === "module" ? owner : (childByField(owner, "body") ?? owner);
  for (const node of mentionsOf(name, body, unit.text)) {
    if (isWritten(node)) continue;
    if (scopeOwner(node) !== (scope.kind === "module" ? null : owner)) {
      mentions.push({ node, bindings: null, isCoroutine: false, need: null });
      continue;
    }
    const position = positionAt(file, node);
    const place = { file: file.path, at: node.start, ...position };
    const here = { kind: "name", name, start: node.start, end: node.end } as const;
    const reaching = reachingBindings(unit.facts.blocks, bindings, place);
    const [only] = reaching;
    const isCoroutine =
      file.certainValue(here, position).kind === "coroutine" ||
      (reaching.length === 1 &&
        only !== undefined &&
        !isInDoubt(file, name, place) &&
        declaredCoroutine(file, only, place.scope) !== null);
    mentions.push({ node, bindings: reaching, isCoroutine, need: neededBy(file, node) });
  }
  return mentions;
}

/** The code around tests what the name is, or replaces it. */
function isInDoubt({ project, unit }: FileView, name: string, place: Place): boolean {
  return isTested(project, name, place) !== null || unit.facts.patchedNames.includes(name);
}

function variableOf(
  file: FileView,
  name: string,
  mentions: readonly Mention[],
  { target }: Binding,
  value: Coroutine,
): CoroutineVariable | null {
  const call = target.kind === "value" && target.value !== null ? callAt(file, target.value) : undefined;
  if (call === undefined) return null;
  const all: Need[] = [];
  const certain: Need[] = [];
  let isOnlyRead = true;
  let isHandedOn = false;
  let isOnlyBinding = true;
  for (const { node, bindings, isCoroutine, need } of mentions) {
    if (bindings !== null && !bindings.some((one) => one.target === target)) continue;
    if (isCoroutine && bindings !== null && bindings.length > 1) isOnlyBinding = false;
    if (need !== null) {
      if (need.use.form === "identity") continue;
      all.push(need);
      if (isCoroutine) certain.push(need);
    } else if (bindings === null || !wantsPlainValue(file, node)) {
      isOnlyRead = false;
      if (!isCoroutine || node.parent?.type !== "return_statement") isHandedOn = true;
    }
  }
  // Where nobody does anything else with the name, other values that it may have as well change nothing.
  const needs = isHandedOn ? certain : all;
  const walrus = nodeAt(file.tree.root, call, "call")?.parent ?? null;
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
    if (parent.type === "as_pattern") return child.type === "as_pattern_target";
    return /^(delete_statement|global_statement|nonlocal_statement|dotted_name|aliased_import)$/.test(
      parent.type,
    );
  }
  return false;
}
