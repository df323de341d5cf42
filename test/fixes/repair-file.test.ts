import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import type { Diagnostic, FileReport } from "../../src/fixes/fix.ts";
import { insertAwait } from "../../src/fixes/insert-await.ts";
import { type FileJudge, repairFile } from "../../src/fixes/repair-file.ts";
import { createPythonParser } from "../../src/python/parse.ts";
import { descendants } from "../../src/python/syntax-node.ts";
import { checkText } from "../rules/check-text.ts";

const analyser = await createAnalyser();
const parser = await createPythonParser(() => performance.now());

const PRELUDE = `from contextlib import asynccontextmanager


async def coro(*values):
    return coro


async def agen(*values):
    yield 1


@asynccontextmanager
async def acm():
    yield 1


`;

const check = (text: string): FileReport => checkText(analyser, text);
const repairable: FileJudge["repairable"] = ({ diagnostics }) =>
  diagnostics.filter(({ fix }) => fix !== null);

/** A finding for every call that is not awaited, as if each gave a coroutine. */
function unawaited(text: string): Diagnostic[] {
  const [known] = check(`${PRELUDE}async def main():\n    coro()\n`).diagnostics;
  if (known === undefined) throw new Error("no finding");
  const tree = parser.parse(text);
  return [...descendants(tree.root)].flatMap((node) => {
    const parent = node.parent?.type === "parenthesized_expression" ? node.parent.parent : node.parent;
    const edits = node.type === "call" && parent?.type !== "await" ? insertAwait(tree, node) : null;
    if (edits === null) return [];
    const fix = { title: "Insert `await`", grade: "A", caution: null, edits } as const;
    return [{ ...known, span: { start: node.start, end: node.end }, fix }];
  });
}

/** The body of `main` after all repairs, and how many passes and checks they took. */
function repairMain(body: string, judge: Partial<FileJudge> = {}) {
  let checks = 0;
  const text = `${PRELUDE}async def main():\n${body}`;
  const counted = (changed: string): FileReport | null => {
    checks += 1;
    return (judge.check ?? check)(changed);
  };
  const { report, passes } = repairFile(check(text), { repairable, ...judge, check: counted });
  const after = report.text?.split("async def main():\n")[1];
  return { body: after, passes: passes.length, checks, report };
}

describe("repairs that touch each other", () => {
  test("coroutine links of one chain", () => {
    const parsed = (text: string): FileReport => ({ ...check(text), diagnostics: unawaited(text) });
    const text = "async def main():\n    client().get(url()).json()\n    load()()\n";
    const { report, passes } = repairFile(parsed(text), { check: parsed, repairable });
    expect(report.text).toBe(
      "async def main():\n    await (await (await client()).get(await url())).json()\n    await (await load())()\n",
    );
    expect(passes).toHaveLength(3);
  });

  test("a statement that two findings turn into the same one", () => {
    const { body, passes } = repairMain("    with acm() as a, acm() as b:\n        coro(a, b)\n");
    expect(body).toBe("    async with acm() as a, acm() as b:\n        await coro(a, b)\n");
    expect(passes).toBe(1);
  });

  test("lines that one repair moves and another one changes", () => {
    const { body, report } = repairMain(
      "    x = await acm()\n    coro()\n    for y in agen():\n        coro(y)\n",
    );
    expect(body).toBe(
      "    async with acm() as x:\n        await coro()\n        async for y in agen():\n            await coro(y)\n",
    );
    expect(report.diagnostics).toEqual([]);
  });

  test("nested calls and several findings of one line", () => {
    const { body, report } = repairMain(
      "    x = list(agen(list(agen()))); coro(); coro()\n    return [y for y in agen()], x.append(len(x))\n",
    );
    expect(body).toBe(
      "    x = [item async for item in agen([value async for value in agen()])]; await coro(); await coro()\n    return [y async for y in agen()], x.append(len(x))\n",
    );
    expect(report.diagnostics).toEqual([]);
  });

  test("what does not touch is applied in one pass", () => {
    const calls =
      "    coro()\n    async for x in agen():\n        coro(x)\n    for y in agen(): coro(y); coro()\n";
    const { body, passes, checks } = repairMain(calls);
    expect(body).toBe(calls.replaceAll("coro(", "await coro(").replace("    for y", "    async for y"));
    expect([passes, checks]).toEqual([1, 1]);
  });

  test("more findings than repairs that are verified in one check", () => {
    const { body, passes } = repairMain("    coro()\n".repeat(250));
    expect(body).toBe("    await coro()\n".repeat(250));
    expect(passes).toBe(3);
  });
});

describe("repairs that are right alone and clash together", () => {
  const body = "    coro(1)\n    coro(2)\n    coro(3)\n    coro(4)\n    coro(5)\n";

  test("are applied in smaller numbers, and what clashes is left", () => {
    const isClash = (text: string): boolean =>
      text.includes("await coro(2)") && (text.includes("await coro(4)") || text.includes("await coro(5)"));
    const repaired = repairMain(body, { check: (text) => (isClash(text) ? null : check(text)) });
    const rest = repaired.report.diagnostics.map(
      ({ location }) => repaired.report.text?.split("\n")[location.line - 1],
    );
    expect(rest).toEqual(["    coro(4)", "    coro(5)"]);
    expect(repaired.checks).toBeLessThan(20);
  });

  test("a new finding, a new syntax error or another text than was asked for is no repair", () => {
    const spoil = (change: (report: FileReport) => FileReport): string | undefined =>
      repairMain(body, { check: (text) => change(check(text)) }).body;
    const first = check(`${PRELUDE}async def main():\n    coro()\n`).diagnostics;
    expect(spoil((report) => ({ ...report, diagnostics: [...report.diagnostics, ...first] }))).toBe(body);
    expect(spoil((report) => ({ ...report, note: "syntax error in line 1" }))).toBe(body);
    expect(spoil((report) => ({ ...report, text: `${report.text} ` }))).toBe(body);
    expect(spoil((report) => ({ ...report, text: null, skipped: "too large" }))).toBe(body);
    expect(spoil((report) => report)).toBe(body.replaceAll("coro", "await coro"));
  });

  test("a check that never gets better ends, with the text as it was", () => {
    const before = check(`${PRELUDE}async def main():\n${"    coro()\n".repeat(300)}`);
    const stubborn = repairMain("    coro()\n".repeat(300), {
      check: (text) => ({ ...before, text }),
    });
    expect(stubborn.report.text).toBe(before.text);
    expect(stubborn.checks).toBeLessThanOrEqual(40);
  });

  test("in a file with a syntax error repairs are applied one at a time", () => {
    const { body: after, checks, report } = repairMain("    coro()\n    coro()\n\n\ndef f():\n    x = = 1\n");
    expect(after).toBe("    await coro()\n    await coro()\n\n\ndef f():\n    x = = 1\n");
    expect(checks).toBe(2);
    expect(report.note).toMatch(/^syntax error in line /);
  });
});

test("only what may be repaired is repaired", () => {
  const judge: Partial<FileJudge> = {
    repairable: (report) => repairable(report).filter(({ fix }) => fix?.grade === "A"),
  };
  const { body, report } = repairMain("    coro()\n    x = set(agen())\n    return x\n", judge);
  expect(body).toBe("    await coro()\n    x = set(agen())\n    return x\n");
  expect(report.diagnostics.map(({ fix }) => fix?.grade)).toEqual(["B"]);
});

test("mixed line ends stay, and a new line ends like the one it stands at", () => {
  const text = [
    "from contextlib import asynccontextmanager\n\n",
    "@asynccontextmanager\n",
    "async def a():\r\n",
    "    yield 1\n\n",
    "async def main():\n",
    "    with open('f'), a():\r\n",
    "        print(1)\n",
    "        print(2)\r\n",
    "    with a(), open('f'):\n",
    "        print(3)\r\n",
  ].join("");
  const { report } = repairFile(check(text), { check, repairable });
  const after = report.text?.split("async def main():\n")[1];
  expect(after).toBe(
    [
      "    with open('f'):\r\n",
      "        async with a():\r\n",
      "            print(1)\n",
      "            print(2)\r\n",
      "    async with a():\n",
      "        with open('f'):\n",
      "            print(3)\r\n",
    ].join(""),
  );
});
