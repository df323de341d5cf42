import fc from "fast-check";
import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { applyEdits } from "../../src/fixes/apply-edits.ts";
import { createPythonParser } from "../../src/python/parse.ts";
import { checkText } from "../rules/check-text.ts";
import { repairTexts } from "./repair-texts.ts";

const analyser = await createAnalyser();
const parser = await createPythonParser(() => performance.now());

const PRELUDE = `import asyncio
from contextlib import asynccontextmanager, contextmanager, suppress


async def coro() -> list[int]:
    return [1]


async def pair():
    return 1, 2


async def agen():
    yield 1


def plain() -> int:
    return 1


@asynccontextmanager
async def acm():
    yield 1


@contextmanager
def cm():
    yield 1
`;

const expression = fc.constantFrom(
  "coro()",
  "agen()",
  "acm()",
  "cm()",
  "plain()",
  "pair()",
  "asyncio.sleep(1)",
  "unknown()",
  "(coro())",
  "(\n        agen()\n    )",
);
const value = fc.oneof(
  expression,
  expression.map((one) => `await ${one}`),
  expression.map((one) => `list(${one})`),
  expression.map((one) => `[x for x in ${one}]`),
  expression.map((one) => `{x: y async for x, y in ${one}}`),
  expression.map((one) => `(x for x in ${one})`),
  expression.map((one) => `[[x for x in ${one}] for y in z]`),
  expression.map((one) => `lambda: ${one}`),
  expression.map((one) => `f"{${one.replace(/\s/g, "")}=}"`),
  fc.tuple(expression, expression).map(([a, b]) => `${a} if flag else ${b}`),
  fc.tuple(expression, expression).map(([a, b]) => `flag and ${a}, ${b}`),
  expression.map((one) => `[${one}, *${one}]`),
  expression.map((one) => `await (await ${one})`),
);
const statement = fc.oneof(
  value,
  value.map((one) => `name = ${one}`),
  value.map((one) => `name = ${one}\n    print(name[0], len(name))`),
  value.map((one) => `a, b = ${one}`),
  fc
    .tuple(value, fc.constantFrom("", "async "))
    .map(([one, async]) => `${async}for x in ${one}:  # loop\n        print(x)\n    else:\n        pass`),
  fc
    .tuple(expression, fc.constantFrom("", "async "))
    .map(([one, async]) => `${async}with ${one} as x:\n        print(x)`),
  fc.tuple(expression, expression).map(([a, b]) => `with ${a} as x, ${b} as y:\n        print(x, y)`),
  expression.map((one) => `with suppress(ValueError):\n        ${one}`),
  expression.map((one) => `x = await ${one}\n    await x.close()\n    # done\n    print(x)`),
  value.map((one) => `try:\n        ${one}\n    except ValueError:\n        pass`),
  value.map((one) => `return ${one}`),
  expression.map((one) => `yield from ${one}`),
  fc.constant("raise StopAsyncIteration"),
);
const head = fc.constantFrom(
  "async def f(flag, z):",
  "def f(flag, z):",
  "class F:",
  "@contextmanager\nasync def f(flag, z):",
);
const definition = fc
  .tuple(head, fc.array(statement, { minLength: 1, maxLength: 4 }))
  .map(([first, statements]) => `\n\n${first}\n    ${statements.join("\n    ")}\n`);
const moduleOf = (definitions: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(definitions, fc.constantFrom("\n", "\r\n"))
    .map(([text, end]) => `${PRELUDE}${text}`.replaceAll("\n", end));
const module = moduleOf(definition);
const longModule = moduleOf(
  fc.array(definition, { minLength: 2, maxLength: 8 }).map((several) => several.join("")),
);

test("an offered repair parses, removes its finding, adds none and changes nothing outside its edits", () => {
  let repairs = 0;
  fc.assert(
    fc.property(module, (text) => {
      const { diagnostics } = checkText(analyser, text);
      const errors = parser.parse(text).errors.length;
      for (const { fix, code, fingerprint } of diagnostics) {
        if (fix === null) continue;
        repairs += 1;
        const repaired = applyEdits(text, fix.edits);
        expect(parser.parse(repaired).errors.length).toBeLessThanOrEqual(errors);
        const after = checkText(analyser, repaired).diagnostics;
        const count = (all: typeof diagnostics): number =>
          all.filter((one) => one.fingerprint === fingerprint).length;
        expect(count(after), code).toBeLessThan(count(diagnostics));
        expect(after.length).toBeLessThan(diagnostics.length);
        for (const { code: other } of after) expect(diagnostics.map((one) => one.code)).toContain(other);
        let shift = 0;
        let at = 0;
        for (const { start, end, text: inserted } of fix.edits) {
          expect(repaired.slice(at + shift, start + shift)).toBe(text.slice(at, start));
          shift += inserted.length - (end - start);
          at = end;
        }
        expect(repaired.slice(at + shift)).toBe(text.slice(at));
        if (text.includes("\r\n")) expect(repaired.replaceAll("\r\n", "")).not.toContain("\n");
      }
    }),
    { numRuns: 250 },
  );
  expect(repairs).toBeGreaterThan(50);
});

test.each([[["A"] as const], [["A", "B"] as const]])(
  "a file repaired in one go has no repair of grade %j left, parses, and stays as it is when repaired again",
  async (grades) => {
    let repaired = 0;
    let together = 0;
    await fc.assert(
      fc.asyncProperty(longModule, async (text) => {
        const before = checkText(analyser, text);
        const first = await repairTexts(analyser, new Map([["module.py", text]]), { grades });
        const after = first.texts.get("module.py") ?? "";
        const left = checkText(analyser, after).diagnostics;
        expect(first.reports[0]?.diagnostics).toEqual(left);
        expect(left.filter(({ fix }) => fix !== null && grades.some((one) => one === fix.grade))).toEqual([]);
        expect(parser.parse(after).errors.length).toBeLessThanOrEqual(parser.parse(text).errors.length);
        const again = await repairTexts(analyser, new Map([["module.py", after]]), { grades });
        expect(again.changed.size).toBe(0);
        expect(again.checks).toEqual({ all: 0, some: 0 });
        if (text.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
        const count = before.diagnostics.length - left.length;
        expect(first.changed.size).toBe(count > 0 ? 1 : 0);
        repaired += count;
        if (first.checks.some < count) together += 1;
      }),
      { numRuns: 150 },
    );
    expect(repaired).toBeGreaterThan(60);
    expect(together).toBeGreaterThan(15);
  },
);
