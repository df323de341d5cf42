import { awaitedArguments } from "./awaited-arguments.ts";
import { calledArguments } from "./called-arguments.ts";
import { groupedArguments } from "./grouped-arguments.ts";
import type { Rule } from "./rule.ts";

/** A function that starts tasks gets something else than it can start. */
export const wrongTaskArgument: Rule = {
  name: "wrong-task-argument",
  code: "YS204",
  severity: "error",
  isOnByDefault: true,
  summary: "A function that starts tasks or callbacks is given the wrong thing: a list, a result, or a call.",
  family: "other",
  *check(file) {
    yield* groupedArguments(file);
    yield* awaitedArguments(file);
    yield* calledArguments(file);
  },
};
