import type { Expression } from "../python/expression.ts";
import { baseClass } from "./base-class.ts";
import { classOf, keyOf, type LinearClass, type Place, type Project } from "./project.ts";
import type { Reference } from "./values.ts";

/**
 * Python's method resolution order (C3) of a class, itself first. A base that cannot be resolved, an unknown
 * metaclass or an impossible order puts a null where knowledge ends.
 */
export function linearize(project: Project, reference: Reference): readonly LinearClass[] {
  const key = keyOf(reference);
  const known = project.linearizations.get(key);
  if (known !== undefined) return known;
  project.linearizations.set(key, [reference, null]);
  const missing = project.missing.size;
  if (project.linearizing >= DEEPEST) return [reference, null];
  project.linearizing += 1;
  const order = compute(project, reference);
  project.linearizing -= 1;
  if (project.missing.size === missing) project.linearizations.set(key, order);
  else project.linearizations.delete(key);
  return order;
}

/** Longest chain of bases that is followed; real ones stay below twenty. */
const DEEPEST = 150;

function compute(project: Project, reference: Reference): readonly LinearClass[] {
  const facts = classOf(project, reference);
  if (facts === null) return [reference, null];
  const place: Place = { file: reference.file, scope: facts.parentScope, block: 0, at: facts.start };
  const bases = facts.bases
    .filter((base) => !isTypingMarker(base))
    .map((base) => baseClass(project, base, place))
    .map((value): LinearClass => (value.kind === "class" ? value.reference : null));
  if (facts.hasMetaclass) return [reference, null];
  const orders = bases.map((base) => (base === null ? [null] : [...linearize(project, base)]));
  const [only] = orders;
  if (
    orders.length === 1 &&
    only !== undefined &&
    !only.some((one) => one !== null && isSame(reference, one))
  )
    return [reference, ...only];
  return [reference, ...merge([...orders, bases])];
}

/** `Generic[T]`, `Protocol` and `object` add no members. */
function isTypingMarker(base: Expression): boolean {
  const named = base.kind === "subscript" ? base.object : base;
  const name = named.kind === "name" || named.kind === "attribute" ? named.name : "";
  return name === "Generic" || name === "Protocol" || name === "object" || name === "ABC";
}

function merge(lists: LinearClass[][]): LinearClass[] {
  const result: LinearClass[] = [];
  for (;;) {
    const pending = lists.filter((list) => list.length > 0);
    if (pending.length === 0) return result;
    const next = pending.map((list) => list[0]).find((head) => head != null && !isInTail(pending, head));
    if (next == null) return [...result, null];
    result.push(next);
    lists = pending.map((list) => (isSame(list[0], next) ? list.slice(1) : list));
  }
}

function isInTail(lists: readonly LinearClass[][], head: Reference): boolean {
  return lists.some((list) => list.slice(1).some((one) => isSame(one, head)));
}

function isSame(a: LinearClass | undefined, b: Reference): boolean {
  return a != null && a.file === b.file && a.index === b.index;
}
