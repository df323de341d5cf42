import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { describe, expect, test } from "vitest";
import { EQUIVALENTS } from "../../src/rules/equivalents.ts";
import { RULES } from "../../src/rules/index.ts";

/** All rules of the catalogue, also those that are not in the program yet. */
const CATALOGUE =
  "YS101 YS102 YS103 YS104 YS105 YS106 YS107 YS108 YS109 YS110 YS111 YS112 YS113 YS114 YS115 YS116 YS117 YS118 " +
  "YS119 YS120 YS121 YS122 YS123 YS124 YS130 YS201 YS202 YS203 YS204 YS205 YS206 YS301 YS302 YS303 YS304 YS305 " +
  "YS306 YS307 YS401 YS402 YS501 YS502 YS503 YS504 YS601";

test("only rules of the catalogue are silenced", () => {
  const known = new Set([...CATALOGUE.split(" "), ...RULES.map(({ code }) => code)]);
  expect(known.size).toBe(45);
  const unknown = EQUIVALENTS.flatMap(({ silences }) => silences).filter((code) => !known.has(code));
  expect(unknown).toEqual([]);
});

test("every word stands in the table once", () => {
  const words = EQUIVALENTS.map(({ comment, word }) => `${comment} ${word}`);
  expect(words).toEqual([...new Set(words)]);
});

/** What ruff reports under each of its codes of the table. */
const EXAMPLES: Readonly<Record<string, string>> = {
  ASYNC100: "import trio\nasync def f():\n    with trio.fail_after(1):\n        pass\n",
  ASYNC105: "import trio\nasync def f():\n    trio.sleep(1)\n",
  ASYNC119: "async def f():\n    async with g():\n        yield 1\n",
  ASYNC210: "import requests\nasync def f():\n    requests.get('x')\n",
  ASYNC212: "import httpx\nasync def f(c: httpx.Client):\n    c.get('x')\n",
  ASYNC220: "import subprocess\nasync def f():\n    subprocess.Popen('x')\n",
  ASYNC221: "import subprocess\nasync def f():\n    subprocess.run('x')\n",
  ASYNC222: "import os\nasync def f():\n    os.waitpid(0)\n",
  ASYNC230: "async def f():\n    open('x')\n",
  ASYNC240: "import os\nasync def f():\n    os.path.exists('x')\n",
  ASYNC250: "async def f():\n    input()\n",
  ASYNC251: "import time\nasync def f():\n    time.sleep(1)\n",
  RUF006: "import asyncio\nasync def f():\n    asyncio.create_task(g())\n",
  RUF029: "async def f():\n    g()\n",
  F704: "await f()\n",
  PLE1142: "def f():\n    await g()\n",
  PLE1700: "async def f():\n    yield from g()\n",
};

describe("ruff", () => {
  const ofRuff = EQUIVALENTS.filter(({ ruffName }) => ruffName !== undefined);

  test("has an example for every code", () => {
    expect(ofRuff.map(({ word }) => word).sort()).toEqual(Object.keys(EXAMPLES).sort());
  });

  test.each(ofRuff)(
    "reports $word under the name $ruffName, and is silenced by both",
    ({ word, ruffName }) => {
      const workspace = new Workspace(
        { preview: true, lint: { preview: true, select: [word] } },
        PositionEncoding.Utf16,
      );
      const check = (text: string): { code: string; start_location: { row: number } }[] =>
        workspace.check(text);
      const text = EXAMPLES[word] ?? "";
      const [found] = check(text);
      expect(found?.code).toBe(ruffName);
      const lines = text.split("\n");
      for (const comment of [`# noqa: ${word}`, `# ruff: ignore[${word}]`, `# ruff: ignore[${ruffName}]`]) {
        const silenced = lines.with(
          (found?.start_location.row ?? 0) - 1,
          `${lines[(found?.start_location.row ?? 0) - 1]}  ${comment}`,
        );
        expect(check(silenced.join("\n")), comment).toEqual([]);
      }
    },
  );
});
