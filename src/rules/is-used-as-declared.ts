import { linearize } from "../project/linearize.ts";
import { classOf, isLibrary, keyOf, type Project, type SourceUnit, unitOf } from "../project/project.ts";
import type { Reference } from "../project/values.ts";
import type { CallPosition } from "../python/facts.ts";
import type { Shape } from "./callable-shape.ts";

/**
 * True when some code of the repository calls the method on an object of the class (or of one below it) in the way
 * that suits what the class itself has. Frameworks that only call by name may accept either kind, and are not found.
 */
export function isUsedAsDeclared(
  project: Project,
  owner: Reference,
  name: string,
  shape: Shape,
  other: string,
): boolean {
  const className = classOf(project, owner)?.name ?? "";
  const mentioning = project.source.filesMentioning?.([name, className]) ?? [];
  const files = new Set([owner.file, other, ...(mentioning.length > MAX_FILES ? [] : mentioning)]);
  for (const file of files) {
    const unit = isLibrary(file) ? null : unitOf(project, file);
    if (
      unit !== null &&
      !acceptsEither(unit.text) &&
      callsAsDeclared(project, file, unit, owner, name, shape)
    )
      return true;
  }
  return false;
}

/** More files than this are not read to find one call. */
const MAX_FILES = 12;

/** A file that asks whether something can be awaited calls methods of either kind. */
export function acceptsEither(text: string): boolean {
  return /\b(isawaitable|iscoroutine|iscoroutinefunction|is_async_callable|maybe_await|maybe_coroutine)\b/.test(
    text,
  );
}

function callsAsDeclared(
  project: Project,
  file: string,
  { facts }: SourceUnit,
  owner: Reference,
  name: string,
  shape: Shape,
): boolean {
  return facts.calls.some(({ expression, position, scope, block, start }) => {
    const { callee } = expression;
    if (callee.kind !== "attribute" || callee.name !== name || !FITTING[shape].has(position)) return false;
    const receiver = project.evaluate(callee.object, { file, scope, block, at: start });
    if (receiver.kind !== "instance" || receiver.isExact || (receiver.doubts ?? 0) !== 0) return false;
    // An object of a class further down may always be of a class that has its own method.
    return keyOf(receiver.reference) === keyOf(owner) || isBelow(project, owner, receiver.reference);
  });
}

/** The class of the receiver is a base of the method's owner: then the call means that owner's method too. */
function isBelow(project: Project, owner: Reference, base: Reference): boolean {
  return linearize(project, owner).some((one) => one !== null && keyOf(one) === keyOf(base));
}

const FITTING: Readonly<Record<Shape, ReadonlySet<CallPosition>>> = {
  coroutine: new Set(["awaited"]),
  "async-generator": new Set(["iterated"]),
  "async-context-manager": new Set(["entered"]),
  plain: new Set([
    "statement",
    "assigned",
    "attribute",
    "subscript",
    "arithmetic",
    "comparison",
    "boolean",
    "condition",
    "formatted",
    "iterated",
    "entered",
  ]),
};
