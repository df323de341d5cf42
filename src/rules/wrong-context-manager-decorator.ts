import { capabilitiesOf } from "../project/capabilities.ts";
import { decoratorEffect } from "../project/decorators.ts";
import { functionResult } from "../project/function-result.ts";
import { qualifiedName } from "../project/qualified-name.ts";
import type { Expression } from "../python/expression.ts";
import type { FunctionFacts } from "../python/facts.ts";
import { decoratorSwap } from "./decorator-swap.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** `@contextmanager` above an async generator, `@asynccontextmanager` above anything else. */
export const wrongContextManagerDecorator: Rule = {
  name: "wrong-context-manager-decorator",
  code: "YS114",
  severity: "error",
  isOnByDefault: true,
  summary: "`@contextmanager` and `@asynccontextmanager` are confused.",
  family: "mismatch",
  *check(file) {
    for (const [index, facts] of file.unit.facts.functions.entries()) {
      const draft = checkFunction(file, index, facts);
      if (draft !== null) yield draft;
    }
  },
};

function checkFunction(file: FileView, index: number, facts: FunctionFacts): Draft | null {
  const place = { file: file.path, scope: facts.parentScope, block: 0, at: facts.start };
  if (file.unit.facts.brokenRegions.some(({ start, end }) => start <= facts.start && facts.start < end))
    return null;
  for (const [at, decorator] of facts.decorators.entries()) {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    const name = qualifiedName(file.project, callee, place);
    if (name !== "contextlib.contextmanager" && name !== "contextlib.asynccontextmanager") continue;
    const below = facts.decorators.slice(at + 1);
    if (below.some((one) => decoratorEffect(file.project, one, place) !== "transparent")) return null;
    const chain = [
      {
        path: file.path,
        line: file.unit.locate(facts.nameSpan).line,
        text: `\`${facts.name}\` is ${describe(facts)}`,
      },
    ];
    if (decorator.kind === "call" && decorator.arguments.length === 0) {
      return { ...calledDecorator(file, decorator, callee), chain };
    }
    const isWrong =
      name === "contextlib.contextmanager"
        ? facts.isAsync && !isOpenStub(facts)
        : !isAsyncGenerator(file, index, facts);
    if (!isWrong) return null;
    const isAsyncDecorator = name === "contextlib.asynccontextmanager";
    return {
      span: { start: decorator.start, end: decorator.end },
      message: {
        problem: `\`@${isAsyncDecorator ? "asynccontextmanager" : "contextmanager"}\` decorates \`${facts.name}\`, which is ${describe(facts)}.`,
        reason: reasonOf(facts, isAsyncDecorator),
        remedy: remedyOf(facts, isAsyncDecorator),
      },
      chain,
      repair: decoratorSwap(file, index, facts, callee, isAsyncDecorator),
    };
  }
  return null;
}

/** An abstract declaration says nothing about the body to come. */
function isOpenStub(facts: FunctionFacts): boolean {
  return facts.isStub && facts.yields.length === 0;
}

function isAsyncGenerator(file: FileView, index: number, facts: FunctionFacts): boolean {
  if (facts.isAsync && facts.yields.length > 0) return true;
  if (isOpenStub(facts)) return true;
  if (facts.isAsync || facts.yields.length > 0) return false;
  const reference = { file: file.path, index };
  const result = functionResult(
    file.project,
    {
      kind: "function",
      reference,
      receiver: null,
      wrappings: [],
      hops: [],
    },
    null,
  );
  // A plain `def` may return an async generator made elsewhere.
  return capabilitiesOf(file.project, result).asyncIterable !== "no";
}

function calledDecorator(file: FileView, decorator: Expression, callee: Expression): Omit<Draft, "chain"> {
  return {
    span: { start: decorator.start, end: decorator.end },
    message: {
      problem: `${quote(file, decorator)} is called, but the decorator takes the function itself.`,
      reason:
        "Python raises `TypeError: … missing 1 required positional argument: 'func'` when the module is imported.",
      remedy: "Remove the parentheses.",
    },
    repair: {
      title: "Remove the parentheses",
      grade: "A",
      caution: null,
      steps: [{ kind: "replace", span: { start: callee.end, end: decorator.end }, text: "" }],
    },
  };
}

function describe(facts: FunctionFacts): string {
  if (facts.isAsync)
    return facts.yields.length > 0 ? "an async generator" : "a coroutine function without `yield`";
  return facts.yields.length > 0 ? "a synchronous generator" : "a plain function without `yield`";
}

function reasonOf(facts: FunctionFacts, isAsyncDecorator: boolean): string {
  if (isAsyncDecorator)
    return "The error comes at the `async with`: Python raises `TypeError` because there is no async generator to advance.";
  const type = facts.yields.length > 0 ? "async_generator" : "coroutine";
  return `The error comes at the \`with\`: Python raises \`TypeError: '${type}' object is not an iterator\`.`;
}

function remedyOf(facts: FunctionFacts, isAsyncDecorator: boolean): string {
  if (facts.yields.length === 0) return "The body needs exactly one `yield` that hands out the value.";
  return isAsyncDecorator
    ? "Use `@contextmanager`, or make the function `async def`."
    : "Use `@asynccontextmanager` and enter it with `async with`.";
}
