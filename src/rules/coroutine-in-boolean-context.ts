import { resultDrafts } from "./result-drafts.ts";
import type { ResultUse } from "./result-uses.ts";
import type { FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** A coroutine whose truth is asked for, which is always true: `if not is_admin(user):`. */
export const coroutineInBooleanContext: Rule = {
  name: "coroutine-in-boolean-context",
  code: "YS108",
  severity: "error",
  isOnByDefault: true,
  summary: "A coroutine, which is always true, is used as a condition.",
  family: "missing-await",
  check: (file) => resultDrafts(file, "truth", { problem: problemOf, remedy: remedyOf }),
};

function problemOf(file: FileView, { call, use, variable }: ResultUse): string {
  const made = `${quote(file, call)} is a coroutine`;
  if (variable === null) return `${made} that nobody awaits, and its truth is asked for.`;
  const { line } = file.unit.locate(use.user);
  return `${made}, and the truth of \`${variable.name}\` is asked for in line ${line}.`;
}

function remedyOf({ call, use, sink }: ResultUse): string {
  if (use.detail === "generator")
    return `Use a list comprehension in an \`async def\` function: \`${sink?.name}([await … for …])\`.`;
  if (use.detail === "lambda")
    return "Use a list comprehension in an `async def` function with `if await …`.";
  if (call.isInGeneratorExpression)
    return "Use a list comprehension in an `async def` function and await the call in it.";
  return call.canAwait
    ? "Put `await` in front of the call."
    : "Await the call in an `async def` function, and use its result here.";
}
