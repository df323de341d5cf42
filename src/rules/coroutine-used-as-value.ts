import { resultDrafts } from "./result-drafts.ts";
import type { ResultUse } from "./result-uses.ts";
import type { FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** A coroutine in a place that needs its result: `get_user().name`, `count() + 1`, `print(load())`. */
export const coroutineUsedAsValue: Rule = {
  name: "coroutine-used-as-value",
  code: "YS107",
  severity: "error",
  isOnByDefault: true,
  summary: "A coroutine is used where its result is needed.",
  family: "missing-await",
  check: (file) => resultDrafts(file, "value", { problem: problemOf, remedy: remedyOf }),
};

function problemOf(file: FileView, { call, use, variable }: ResultUse): string {
  const made = `${quote(file, call)} is a coroutine`;
  if (variable === null) return `${made} that nobody awaits, and ${neededPart(file, use)}.`;
  const { line } = file.unit.locate(use.user);
  return `${made}, and \`${variable.name}\` is used as its result in line ${line}: ${quote(file, use.user)}.`;
}

function neededPart(file: FileView, { form, detail, user }: ResultUse["use"]): string {
  if (form === "attribute") return `\`${detail}\` of its result is needed`;
  if (form === "subscript") return "an item of its result is needed";
  return user.end - user.start > 60 ? "its result is needed here" : `${quote(file, user)} needs its result`;
}

function remedyOf({ call, variable, use }: ResultUse): string {
  if (call.isInGeneratorExpression)
    return "Use a list comprehension in an `async def` function and await the call in it.";
  if (!call.canAwait) return "Await the call in an `async def` function first.";
  if (variable !== null && !variable.isOnlyRead)
    return `Await the call (or \`${variable.name}\`) before its result is used.`;
  return use.form === "attribute" || use.form === "subscript" || use.form === "call"
    ? "Await the call first, in parentheses: `(await …)`."
    : "Put `await` in front of the call.";
}
