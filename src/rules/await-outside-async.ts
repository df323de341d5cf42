import type { Placement } from "../python/facts.ts";
import { makeAsyncRepair } from "./make-async-repair.ts";
import type { FileView, Rule } from "./rule.ts";

/** `await`, `async for`, `async with` and asynchronous comprehensions where Python refuses them. */
export const awaitOutsideAsync: Rule = {
  name: "await-outside-async",
  code: "YS115",
  severity: "error",
  isOnByDefault: true,
  summary: "`await` or asynchronous syntax stands outside an `async def` function.",
  family: "syntax",
  *check(file) {
    for (const placement of file.unit.facts.placements) {
      if (placement.isLegal || placement.form === "yield-from") continue;
      yield {
        span: { start: placement.start, end: placement.end },
        message: {
          problem: `${nounOf(placement)} stands ${whereOf(file, placement)}.`,
          reason: `Python refuses the whole ${file.unit.facts.isNotebook ? "cell" : "file"}: \`SyntaxError: ${errorOf(file, placement)}\`.`,
          remedy: remedyOf(file, placement),
        },
        chain: [],
        repair: makeAsyncRepair(file, placement),
      };
    }
  },
};

function nounOf({ form, detail }: Placement): string {
  return form === "async-comprehension" ? "An asynchronous comprehension" : `\`${detail}\``;
}

function whereOf(file: FileView, { owner }: Placement): string {
  const scope = file.unit.facts.scopes[owner];
  switch (scope?.kind) {
    case "lambda":
      return "in a `lambda`, which is always synchronous";
    case "class":
      return "in a class body";
    case "function":
      return `in \`${scope.qualifiedName.split(".").at(-1)}\`, which is a plain \`def\``;
    default:
      return "at module level";
  }
}

function errorOf(file: FileView, { form, detail, owner }: Placement): string {
  if (form === "async-comprehension") return "asynchronous comprehension outside of an asynchronous function";
  const isFunction = file.unit.facts.scopes[owner]?.kind === "function";
  return form === "await" && !isFunction ? "'await' outside function" : `'${detail}' outside async function`;
}

function remedyOf(file: FileView, { owner }: Placement): string {
  const scope = file.unit.facts.scopes[owner];
  if (scope?.kind === "lambda") return "Write a nested `async def` function instead of the `lambda`.";
  if (file.unit.facts.isNotebook)
    return "Move it into the cell itself or into an `async def` function, and await that where it is called.";
  if (scope?.kind === "function") {
    return "Make the function `async def` and await it everywhere, or run the coroutine with `asyncio.run(…)`.";
  }
  return "Move the code into an `async def main()` and start it with `asyncio.run(main())`.";
}
