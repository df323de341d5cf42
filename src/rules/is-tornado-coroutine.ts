import { functionOf } from "../project/project.ts";
import { qualifiedName } from "../project/qualified-name.ts";
import type { Use } from "../python/facts.ts";
import type { FileView } from "./rule.ts";

/** A call of a function under `@tornado.gen.coroutine`; Twisted's functions of this form may be left alone. */
export function isTornadoCoroutine(file: FileView, { use }: { readonly use: Use }): boolean {
  if (use.expression.kind !== "call") return false;
  const callee = file.certainValue(use.expression.callee, use);
  if (callee.kind !== "function") return false;
  const { file: defined } = callee.reference;
  const facts = functionOf(file.project, callee.reference);
  if (facts === null) return false;
  const place = { file: defined, scope: facts.parentScope, block: 0, at: facts.start };
  return facts.decorators.some(
    (decorator) => qualifiedName(file.project, decorator, place) === "tornado.gen.coroutine",
  );
}
