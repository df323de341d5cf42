import type { Span } from "../python/location.ts";
import { yieldPaths } from "../python/yield-paths.ts";
import { type ContextManagerFunction, contextManagerFunctions } from "./context-manager-functions.ts";
import { mayNotReturn } from "./may-not-return.ts";
import type { Draft, FileView, Rule } from "./rule.ts";

/** A function under `contextmanager` that does not yield, or that yields twice, on one of its paths. */
export const asyncContextManagerYieldCount: Rule = {
  name: "async-context-manager-yield-count",
  code: "YS504",
  severity: "error",
  isOnByDefault: true,
  summary: "A context manager function does not yield exactly once on every path.",
  family: "other",
  *check(file) {
    for (const one of contextManagerFunctions(file)) {
      const paths = yieldPaths(one.body, file.unit.text, (call) => mayNotReturn(file, call));
      if (paths === null) continue;
      if (paths.mayYieldNothing) yield nothingYielded(file, one);
      if (paths.second !== null) yield yieldedTwice(file, one, paths.second);
    }
  },
};

function nothingYielded(file: FileView, { facts, isAsync }: ContextManagerFunction): Draft {
  const [first] = facts.yields;
  return {
    span: first === undefined ? facts.nameSpan : { start: first.start, end: first.end },
    message: {
      problem: `\`${facts.name}\` may end without reaching a \`yield\`.`,
      reason: `Entering it then raises \`RuntimeError: generator didn't yield\`, whatever the caller does.`,
      remedy: "Yield on every path, or raise an exception that says why there is nothing to enter.",
    },
    chain: [definitionHop(file, facts, isAsync)],
    repair: null,
  };
}

function yieldedTwice(file: FileView, { facts, isAsync }: ContextManagerFunction, span: Span): Draft {
  return {
    span,
    message: {
      problem: `\`${facts.name}\` may reach this \`yield\` after it has yielded already.`,
      reason: `Leaving the \`${isAsync ? "async with" : "with"}\` block then raises \`RuntimeError: generator didn't stop\`.`,
      remedy: "Yield once on every path: return after the first `yield`, or choose what to yield before it.",
    },
    chain: [definitionHop(file, facts, isAsync)],
    repair: null,
  };
}

function definitionHop(file: FileView, facts: ContextManagerFunction["facts"], isAsync: boolean) {
  return {
    path: file.path,
    line: file.unit.locate(facts.nameSpan).line,
    text: `\`${facts.name}\` is made ${isAsync ? "an async" : "a"} context manager by its decorator`,
  };
}
