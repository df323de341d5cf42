import type { Expression } from "../python/expression.ts";
import type { CallSite } from "../python/facts.ts";
import { mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { nodeCovering, type SyntaxNode } from "../python/syntax-node.ts";
import type { FileView } from "./rule.ts";

/**
 * The display or comprehension that a local name is bound to, once, in front of the call: null where the function
 * binds it again or does anything else with it that could change what it holds.
 */
export function listedLocal(file: FileView, call: CallSite, name: string): Expression | null {
  const { scopes } = file.unit.facts;
  const scope = scopes[call.scope];
  const bindings =
    scope !== undefined && Object.hasOwn(scope.bindings, name) ? scope.bindings[name] : undefined;
  const [only] = bindings ?? [];
  if (scope?.kind !== "function" || only === undefined || bindings?.length !== 1) return null;
  const { target } = only;
  if (only.at > call.start || only.block !== call.block || target.kind !== "value" || target.value === null)
    return null;
  const { kind } = target.value;
  if (
    (kind !== "literal" && kind !== "comprehension") ||
    (kind === "literal" && target.value.items.length === 0)
  )
    return null;
  const node = nodeCovering(file.tree.root, call);
  const owner = node === null ? null : scopeOwner(node);
  if (owner === null) return null;
  return mentionsOf(name, owner, file.unit.text).every((one) => isHarmless(one, only.at, call))
    ? target.value
    : null;
}

/** The binding itself, what stands behind the call, and reading the length on the way. */
function isHarmless(mention: SyntaxNode, boundAt: number, call: CallSite): boolean {
  if (mention.start >= call.start || mention.end <= boundAt) return true;
  return mention.parent?.type === "if_statement" || mention.parent?.type === "not_operator";
}
