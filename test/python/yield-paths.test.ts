import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPythonParser } from "../../src/python/parse.ts";
import { descendants, namedChildren } from "../../src/python/syntax-node.ts";
import { type YieldPaths, yieldPaths } from "../../src/python/yield-paths.ts";

const parser = await createPythonParser(() => performance.now());

/** The paths of the first function; calls of `stop` may never return. */
function pathsOf(text: string): YieldPaths | null {
  const tree = parser.parse(text);
  const [definition] = [...descendants(tree.root)].filter(({ type }) => type === "function_definition");
  const body = definition?.children.find(({ field }) => field === "body");
  if (body === undefined) throw new Error("no function");
  return yieldPaths(body, text, (call) => {
    const [callee] = namedChildren(call);
    return callee !== undefined && text.slice(callee.start, callee.end) === "stop";
  });
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

const oneOf = (...lines: readonly string[]) => fc.constantFrom(...lines).map((line): string[] => [line]);

/** Statements of a generator function; conditions are `next(c)`, and the body of the `with` raises where `raises` says. */
const { suite } = fc.letrec<{ suite: string[]; statement: string[] }>((tie) => ({
  suite: fc
    .array(tie("statement"), { minLength: 1, maxLength: 3, depthIdentifier: "suite" })
    .map((all) => all.flat()),
  statement: fc.oneof(
    { maxDepth: 3, withCrossShrink: true, depthIdentifier: "suite" },
    { weight: 3, arbitrary: oneOf("yield", "pass", "x = yield") },
    { weight: 1, arbitrary: oneOf("return", "raise KeyError", "pass", "yield; return") },
    { weight: 2, arbitrary: tie("suite").map((body) => ["if next(c):", ...indent(body)]) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie("suite"), tie("suite"))
        .map(([a, b]) => ["if next(c):", ...indent(a), "else:", ...indent(b)]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("suite"), tie("suite"))
        .map(([a, b]) => ["try:", ...indent(a), "except ValueError:", ...indent(b)]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("suite"), tie("suite"))
        .map(([a, b]) => ["try:", ...indent(a), "finally:", ...indent(b)]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("suite"), oneOf("break", "continue", "pass"))
        .map(([a, b]) => ["while next(c):", ...indent(a), ...indent(b)]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("suite"), oneOf("break", "pass"))
        .map(([a, b]) => ["while True:", "    next(c)", ...indent(a), ...indent(b)]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("suite"), oneOf("break", "pass"), tie("suite"))
        .map(([a, b, c]) => ["while next(c):", ...indent(a), ...indent(b), "else:", ...indent(c)]),
    },
    {
      weight: 1,
      arbitrary: tie("suite").map((body) => ["for _ in range(1):", ...indent(body)]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("suite"), tie("suite"))
        .map(([a, b]) => [
          "match next(c):",
          "    case True:",
          ...indent(indent(a)),
          "    case _:",
          ...indent(indent(b)),
        ]),
    },
  ),
}));

// Every outcome of up to seven conditions, with and without an exception in the body of the `with`.
const RUNNER = `
import itertools, json, sys

def run(function, outcomes, raises):
    lines = []
    try:
        generator = function(iter(outcomes + (False,) * 50))
        next(generator)
    except StopIteration:
        return "nothing", lines
    except Exception:
        return "raised", lines
    for _ in range(3):
        try:
            if raises:
                generator.throw(ValueError())
            else:
                next(generator)
            lines.append(generator.gi_frame.f_lineno)
        except BaseException:
            break
    return "entered", lines

answers = []
for text in json.load(sys.stdin):
    space = {}
    exec(compile(text, "generated", "exec"), space)
    nothing, seconds = False, set()
    for outcomes in itertools.product((True, False), repeat=7):
        for raises in (False, True):
            how, lines = run(space["f"], outcomes, raises)
            nothing = nothing or how == "nothing"
            seconds.update(lines)
    answers.append([nothing, sorted(seconds)])
print(json.dumps(answers))
`;

const hasPython = (() => {
  try {
    return (
      execFileSync("python3", ["-c", "import sys; print(sys.version_info >= (3, 10))"], {
        encoding: "utf8",
      }).trim() === "True"
    );
  } catch {
    return false;
  }
})();

describe("paths through a generator function", () => {
  test.runIf(hasPython)("nothing is said that CPython does not do for some outcome of the conditions", () => {
    const texts = fc
      .sample(suite, { numRuns: 400, seed: 7 })
      .map((lines) => `def f(c):\n${indent([...lines, "if False: yield"]).join("\n")}\n`);
    const answers: [boolean, number[]][] = JSON.parse(
      execFileSync("python3", ["-c", RUNNER], {
        input: JSON.stringify(texts),
        encoding: "utf8",
        timeout: 60_000,
        stdio: ["pipe", "pipe", "ignore"],
      }),
    );
    const said = { nothing: 0, second: 0 };
    for (const [index, text] of texts.entries()) {
      const paths = pathsOf(text.replace("if False: yield", "pass"));
      if (paths === null) continue;
      const [mayYieldNothing, seconds] = answers[index] ?? [false, []];
      if (paths.mayYieldNothing) {
        said.nothing += 1;
        expect(mayYieldNothing, text).toBe(true);
      }
      if (paths.second !== null) {
        said.second += 1;
        expect(seconds, text).toContain(text.slice(0, paths.second.start).split("\n").length);
      }
    }
    expect(said.nothing).toBeGreaterThan(20);
    expect(said.second).toBeGreaterThan(20);
  });

  test.each([
    ["    yield\n", false, null],
    ["    if a:\n        yield\n", true, null],
    ["    yield\n    yield\n", false, 2],
    ["    if a:\n        stop()\n    else:\n        yield\n", false, null],
    ["    if a:\n        print(a)\n    else:\n        yield\n", true, null],
    ["    with a:\n        if b:\n            return\n        yield\n", true, null],
    ["    for x in y:\n        yield x\n", false, null],
    ["    while True:\n        yield\n", false, 2],
    ["    assert False\n", false, null],
    ["    try:\n        yield\n    except* ValueError:\n        yield\n", false, 4],
  ])("%j", (body, mayYieldNothing, second) => {
    const paths = pathsOf(`def f(a, b, y):\n${body}`);
    const text = `def f(a, b, y):\n${body}`;
    expect(paths?.mayYieldNothing).toBe(mayYieldNothing);
    const line = paths?.second == null ? null : text.slice(0, paths.second.start).split("\n").length - 1;
    expect(line).toBe(second);
  });

  test("what is not followed has no answer", () => {
    expect(pathsOf("def f(a):\n    a and (yield)\n")).toBeNull();
    expect(pathsOf("def f(a):\n    if TYPE_CHECKING:\n        yield\n")).toBeNull();
    const deep = Array.from({ length: 150 }, (_, depth) => `${" ".repeat(depth + 1)}if a:\n`).join("");
    expect(pathsOf(`def f(a):\n${deep}${" ".repeat(151)}yield\n`)).toBeNull();
  });
});
