import type { FunctionFacts } from "../python/facts.ts";
import type { Step } from "./repair.ts";
import type { FileView } from "./rule.ts";

/** Turns `async def` into `def`; null where something stands between the two words. */
export function deleteAsync({ unit }: FileView, { start, nameSpan }: FunctionFacts): Step | null {
  const keyword = /^async[ \t]+(?=def\b)/.exec(unit.text.slice(start, nameSpan.start))?.[0];
  return keyword === undefined
    ? null
    : { kind: "replace", span: { start, end: start + keyword.length }, text: "" };
}

/** True when the body (without functions in it) contains `await`, `async for`, `async with` or an async comprehension. */
export function awaitsSomething({ unit }: FileView, { scope }: FunctionFacts): boolean {
  return unit.facts.placements.some(({ owner, form }) => owner === scope && ASYNC_FORMS.has(form));
}

const ASYNC_FORMS = new Set(["await", "async-for", "async-with", "async-comprehension"]);
