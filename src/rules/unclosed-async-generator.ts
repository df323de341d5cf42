import type { Expression } from "../python/expression.ts";
import type { Span } from "../python/location.ts";
import { enclosing } from "../python/own-scope.ts";
import { childByField, nodeAt, nodeCovering } from "../python/syntax-node.ts";
import { namesOf } from "./calls-to.ts";
import { earlyExit } from "./early-exit.ts";
import { type GeneratorWithCleanup, generatorWithCleanup } from "./generator-with-cleanup.ts";
import { importedName } from "./imported-name.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

/** An async generator with clean-up that is left before its end. */
export const unclosedAsyncGenerator: Rule = {
  name: "unclosed-async-generator",
  code: "YS503",
  severity: "info",
  isOnByDefault: false,
  summary: "An async generator with clean-up is left before its end and not closed.",
  family: "other",
  *check(file) {
    yield* leftLoops(file);
    yield* singleValues(file);
  },
};

/** `async for x in agen():` with a `break`, `return` or `raise` out of it. */
function* leftLoops(file: FileView): Generator<Draft> {
  for (const { use, consumption, value } of sitesOf(file, "iterate")) {
    const call = use.expression;
    if (!consumption.isAsync || consumption.form !== "for" || call.kind !== "call") continue;
    const generator = generatorWithCleanup(file, call, value, use);
    const loop = generator === null ? null : nodeAt(file.tree.root, consumption.outer, "for_statement");
    const exit = loop === null ? null : earlyExit(loop);
    if (generator === null || loop === null || exit === null || expectsError(file, loop)) continue;
    const { line } = file.unit.locate(exit.node);
    yield {
      span: { start: call.start, end: call.end },
      message: {
        problem: `\`${exit.keyword}\` leaves the loop, and nothing closes ${quote(file, call)}.`,
        reason: alwaysCleansUp(generator) ? RUNS_LATER : MAY_RUN_LATER,
        remedy: `Iterate inside \`async with aclosing(…)\` (from \`contextlib\`).`,
      },
      chain: [
        ...value.hops,
        generator.hop,
        { path: file.path, line, text: `\`${exit.keyword}\` leaves the loop` },
      ],
      repair: repairOf(file, loop, call),
    };
  }
}

/** `await anext(agen())`: nobody can close the generator, or ask it for more. */
function* singleValues(file: FileView): Generator<Draft> {
  for (const { use } of sitesOf(file, "await")) {
    const outer = use.expression;
    if (outer.kind !== "call" || outer.callee.kind !== "name" || outer.callee.name !== "anext") continue;
    const call = outer.arguments[0]?.value;
    if (call?.kind !== "call" || !isBuiltin(file, outer.callee, use)) continue;
    const value = file.certainValue(call, use);
    const generator = generatorWithCleanup(file, call, value, use);
    // The value comes from one of its `yield`s, and it is not known from which.
    if (generator === null || !alwaysCleansUp(generator) || expectsError(file, outer)) continue;
    yield {
      span: { start: outer.start, end: outer.end },
      message: {
        problem: `${quote(file, outer)} takes one value, and nothing closes ${quote(file, call)}.`,
        reason: RUNS_LATER,
        remedy:
          "Enter the generator with `async with aclosing(…)` (from `contextlib`) and take the value from it.",
      },
      chain: [...value.hops, generator.hop],
      repair: null,
    };
  }
}

/** `with pytest.raises(…)`: the generator is expected to raise, and then it is finished. */
function expectsError({ tree }: FileView, span: Span): boolean {
  const node = nodeCovering(tree.root, span);
  for (
    let outer = node === null ? null : enclosing(node, "with_statement");
    outer !== null;
    outer = enclosing(outer, "with_statement")
  ) {
    const body = childByField(outer, "body");
    if (/\b(raises|assertRaises\w*)\b/.test(tree.text.slice(outer.start, body?.start))) return true;
  }
  return false;
}

function isBuiltin(file: FileView, callee: Expression, position: Parameters<typeof namesOf>[2]): boolean {
  return namesOf(file, callee, position).includes("builtins.anext");
}

/** Wherever it is left, it has something to clean up. */
function alwaysCleansUp({ facts }: GeneratorWithCleanup): boolean {
  return facts.yields.every(({ hasCleanup }) => hasCleanup);
}

const RUNS_LATER =
  "Its clean-up does not run here: the event loop runs it later, in another task, where its exceptions are only logged.";
const MAY_RUN_LATER =
  "Left at a `yield` inside its `try … finally` or `with`, it does not clean up here: the event loop closes it later, in another task, where its exceptions are only logged.";

function repairOf(file: FileView, loop: Span, call: Span): Repair | null {
  const aclosing = importedName(file, "contextlib", "aclosing");
  if (aclosing === null) return null;
  return {
    title: "Close the generator with `aclosing`",
    grade: "B",
    caution: "The clean-up now runs where the loop is left, and its exceptions are raised there.",
    steps: [
      {
        kind: "close-generator",
        loop: { start: loop.start, end: loop.end },
        call: { start: call.start, end: call.end },
        aclosing,
      },
    ],
  };
}
