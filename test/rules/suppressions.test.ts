import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { checkText } from "./check-text.ts";

const analyser = await createAnalyser();
const HEAD = "async def save(*values):\n    return values\n\n\nasync def main():\n";

function codesOf(text: string): string[] {
  return checkText(analyser, text).diagnostics.map(({ code }) => code);
}

/** `save(1)` is thrown away in a coroutine, with a comment behind it. */
function withComment(comment: string): string {
  return `${HEAD}    save(1)  ${comment}\n`;
}

describe("missing-await on its line is silenced by", () => {
  test.each([
    "# noqa",
    "#noqa",
    "# NOQA",
    "# noqa: YS106",
    "#noqa:YS106",
    "# noqa : YS106",
    "# noqa: ys106",
    "# NoQA:YS101,YS106",
    "# noqa: E501 YS106",
    "# noqa: E501, YS106 because it may",
    "# noqa:E501YS106",
    "# noqa: YS1",
    "# noqa: YS",
    "# noqa: because it may",
    "# fire and forget  # noqa: YS106",
    "# type: ignore  # noqa: YS106",
    "# yieldsign: ignore",
    "# yieldsign: ignore because it may",
    "#yieldsign:ignore[missing-await]",
    "# Yieldsign: ignore[Missing-Await] because it may",
    "# yieldsign: ignore[YS106]",
    "# yieldsign: ignore[YS1]",
    "# yieldsign: ignore[await-async-generator, missing-await]",
    "# yieldsign: ignore[missing-await",
    "# pragma: no cover  # yieldsign: ignore[missing-await]",
    "# type: ignore[unused-coroutine]",
    "# type:ignore[attr-defined,unused-coroutine]",
    "# type: ignore[unused-awaitable]",
    "# pyright: ignore[reportUnusedCoroutine]",
    "# ty: ignore[unused-awaitable]",
    "# noqa: ASYNC105",
    "# noqa: ASYNC1",
    "# ruff: ignore[ASYNC105]",
    "# ruff: ignore[trio-sync-call]",
  ])("%s", (comment) => {
    expect(codesOf(withComment(comment))).toEqual([]);
  });
});

describe("missing-await on its line is not silenced by", () => {
  test.each([
    "# no qa",
    "# noqas",
    "# noqa: E501",
    "# noqa: YS101",
    "# noqa: YS1066",
    "# noqa: RUF006",
    "# flake8: noqa",
    "# ruff: noqa",
    "# ruff: noqa: YS106",
    "# type: ignore",
    "# type: ignore[attr-defined]",
    "# pyright: ignore",
    "# pyright: ignore[unused-coroutine]",
    "# ruff: ignore[asyncio-dangling-task]",
    "# pylint: disable=not-async-context-manager",
    "# yieldsign: ignore[await-async-generator] missing-await",
    "# yieldsign: ignore[]",
    "# yieldsign: ignore-next",
    "# yieldsign: ignore-file",
    "# yieldsign: ignored",
    "# yieldsign",
  ])("%s", (comment) => {
    expect(codesOf(withComment(comment))).toEqual(["YS106"]);
  });
});

describe("what stands in a string is no comment:", () => {
  test.each([
    '    save("# noqa")\n',
    "    save('#noqa: YS106')\n",
    '    save(f"# noqa {1}")\n',
    '    save("""\n# noqa\n""")\n',
    '    save(r"# yieldsign: ignore")\n',
    '    save(b"# type: ignore[unused-coroutine]")\n',
  ])("%j", (line) => {
    expect(codesOf(HEAD + line)).toEqual(["YS106"]);
  });

  test("a file's docstring switches nothing off", () => {
    expect(codesOf(`"""Use it so:\n# yieldsign: ignore-file\n"""\n${withComment("")}`)).toEqual(["YS106"]);
  });
});

describe("a comment counts on the first and the last line, and at the end of the statement:", () => {
  test.each([
    ["first line", "    save(  # noqa: YS106\n        1,\n    )\n", []],
    ["last line", "    save(\n        1,\n    )  # noqa: YS106\n", []],
    ["line between", "    save(\n        1,  # noqa: YS106\n    )\n", ["YS106"]],
    ["string of many lines", '    save("""\n# none\n""")  # noqa: YS106\n', []],
    ["end of the statement", "    [\n        save(1),\n        2,\n    ]  # noqa: YS106\n", []],
    ["line above", "    # noqa: YS106\n    save(1)\n", ["YS106"]],
    ["line below", "    save(1)\n    # noqa: YS106\n", ["YS106"]],
    ["statement behind it", "    save(1); 2  # noqa: YS106\n", []],
    ["body of the same statement", "    if 1 in (save(1),):\n        pass  # noqa: YS106\n", []],
    ["CRLF", "    save(1)  # noqa: YS106\r\n    save(2)\r\n", ["YS106"]],
    ["CRLF over lines", "    save(\r\n        1,\r\n    )  # noqa: YS106\r\n", []],
    ["continuation", "    save(1) \\\n        if 1 else 2  # noqa: YS106\n", []],
  ])("%s", (_, lines, expected) => {
    expect(codesOf(HEAD + lines)).toEqual(expected);
  });

  test("the head of a compound statement ends before its body", () => {
    const loop = (head: string, body: string): string =>
      `async def rows():\n    yield 1\n\n\nasync def main():\n    for x in rows():${head}\n        pass${body}\n`;
    expect(codesOf(loop("", ""))).toEqual(["YS104"]);
    expect(codesOf(loop("  # noqa: YS104", ""))).toEqual([]);
    expect(codesOf(loop("", "  # noqa: YS104"))).toEqual(["YS104"]);
  });

  test("a decorator is a line of its own", () => {
    const text = (comment: string): string =>
      "from contextlib import contextmanager\n\n\n" +
      `@contextmanager${comment}\nasync def open_it():\n    yield 1\n`;
    const [found] = checkText(analyser, text("")).diagnostics;
    expect(found?.code).toBe("YS114");
    expect(codesOf(text("  # noqa: YS114"))).toEqual(found?.location.line === 4 ? [] : ["YS114"]);
  });
});

describe("a whole file is silenced by", () => {
  test.each([
    "# yieldsign: ignore-file\n",
    "# yieldsign: ignore-file it is generated\n",
    "# yieldsign: ignore-file[missing-await]\n",
    "# yieldsign: ignore-file[YS1]\r\n",
    "if 1:\n    # yieldsign: ignore-file\n    pass\n",
    `${"# a long licence\n".repeat(120)}# yieldsign: ignore-file\n`,
  ])("%j", (text) => {
    expect(codesOf(text + withComment(""))).toEqual([]);
  });

  test("nothing else", () => {
    expect(codesOf(`# yieldsign: ignore-file[YS101]\n${withComment("")}`)).toEqual(["YS106"]);
    expect(codesOf(`# use # yieldsign: ignore-file\n${withComment("")}`)).toEqual(["YS106"]);
    expect(codesOf(`x = 1  # yieldsign: ignore-file\n${withComment("")}`)).toEqual(["YS106"]);
    expect(codesOf(`# flake8: noqa\n# ruff: noqa\n${withComment("")}`)).toEqual(["YS106"]);
  });
});

test("silence about an expression is not filled with another finding about it", () => {
  const text = (comment: string): string =>
    `async def rows():\n    yield 1\n\n\ndef main():\n    await rows()${comment}\n`;
  const found = checkText(analyser, text("")).diagnostics;
  expect(found).toHaveLength(1);
  expect(codesOf(text(`  # noqa: ${found[0]?.code}`))).toEqual([]);
});

test("hostile comments are read to their end", { timeout: 120_000 }, () => {
  for (const words of ["# noqa", "#type:ignore[", "#yieldsign:ignore[", "# noqa: A", "#noqa:YS", "# "])
    checkText(analyser, withComment(words.repeat(Math.floor(700_000 / words.length))));
  checkText(analyser, withComment(`# noqa: ${"A".repeat(700_000)}`));
  const report = checkText(analyser, withComment(`# yieldsign: ignore[${"__proto__,".repeat(70_000)}]`));
  expect(report.skipped).toBeNull();
});
