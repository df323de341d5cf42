import type { CallSite } from "../python/facts.ts";
import { type EscapedBlock, escapedBlock } from "./escaped-block.ts";
import { givesPlainValues } from "./gives-plain-values.ts";
import { isInCoroutine } from "./is-in-coroutine.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** A coroutine that is returned before it has run, out of the block that it needs. */
export const coroutineEscapesScope: Rule = {
  name: "coroutine-escapes-scope",
  code: "YS206",
  severity: "warning",
  isOnByDefault: true,
  summary: "A coroutine is returned unawaited out of a `with` or `try` block, or in place of a plain value.",
  family: "other",
  *check(file) {
    for (const call of file.calls) {
      if (call.position !== "returned" || !isCandidate(file, call)) continue;
      const value = file.certainValue(call.expression, call);
      if (value.kind !== "coroutine" && value.kind !== "async-generator") continue;
      const block = escapedBlock(file, call);
      if (value.kind === "async-generator") {
        if (block?.form === "async with") yield draftOf(file, call, block, true);
      } else if (block !== null) {
        if (!promisesAwaitable(file, call)) yield draftOf(file, call, block, false);
      } else if (givesPlainValues(file, call)) {
        yield draftOf(file, call, null, false);
      }
    }
  },
};

/** In a coroutine every returned call is looked at; elsewhere those behind a `with` or `try`. */
function isCandidate({ unit }: FileView, { owner, start }: CallSite): boolean {
  const scope = unit.facts.scopes[owner];
  const facts = scope?.kind === "function" ? unit.facts.functions[scope.subject] : undefined;
  if (scope === undefined || facts === undefined || facts.yields.length > 0) return false;
  return facts.isAsync || /^[ \t]*(async\s+with|with|try)\b/m.test(unit.text.slice(scope.start, start));
}

/** `async def f() -> Awaitable[…]`: callers are told that they have to await twice. */
function promisesAwaitable(file: FileView, { owner }: CallSite): boolean {
  const scope = file.unit.facts.scopes[owner];
  const facts = scope === undefined ? undefined : file.unit.facts.functions[scope.subject];
  if (facts?.isAsync !== true || facts.returnAnnotation === null) return false;
  const { start, end } = facts.returnAnnotation;
  return /\b(Awaitable|Coroutine|Future|Task)\b/.test(file.unit.text.slice(start, end));
}

function draftOf(file: FileView, call: CallSite, block: EscapedBlock | null, isGenerator: boolean): Draft {
  const noun = isGenerator ? "an async generator" : "a coroutine";
  return {
    span: { start: call.start, end: call.end },
    message: {
      problem:
        block === null
          ? `${quote(file, call)} is a coroutine; it is returned where the function otherwise gives plain values.`
          : `${quote(file, call)} is ${noun} that is returned out of the \`${block.form}\` block, before any of it has run.`,
      reason: reasonOf(block),
      remedy: remedyOf(file, call, isGenerator),
    },
    chain: file.certainValue(call.expression, call).hops,
    repair: isGenerator ? null : repairOf(call, block),
  };
}

function reasonOf(block: EscapedBlock | null): string {
  if (block === null)
    return "Who awaits the function gets a coroutine, which never runs unless it is awaited as well.";
  if (block.form !== "try")
    return "The body runs when the context manager has been left already (closed, released, reset).";
  return block.hasHandlers
    ? "The body runs outside the `try`: the `except` clauses never see its exceptions."
    : "The body runs outside the `try`: the `finally` clause has been run before.";
}

function remedyOf(file: FileView, call: CallSite, isGenerator: boolean): string {
  if (isGenerator)
    return "Iterate over it inside the block and `yield` its values, or let the caller open the block.";
  return isInCoroutine(file, call.owner)
    ? "Await it before it is returned: `return await …`."
    : "Make the function `async def` and use `return await …`, or move the block into the coroutine.";
}

function repairOf(call: CallSite, block: EscapedBlock | null): Repair | null {
  if (!call.canAwait) return null;
  return {
    title: "Insert `await`",
    grade: block?.isTracing === true ? "B" : "A",
    caution:
      block?.isTracing === true
        ? "The block now lasts until the coroutine is done."
        : block?.hasHandlers === true
          ? "Exceptions of the call are now caught by the `try` around it."
          : null,
    steps: [{ kind: "insert-await", call: { start: call.start, end: call.end } }],
  };
}
