import { expect, test } from "vitest";
import type { SourceTree } from "../../src/analysis/analyser.ts";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { checkText } from "./check-text.ts";

const analyser = await createAnalyser();

/** Findings of a file in a project with this `pyproject.toml`: line and severity. */
function findingsOf(text: string, pyproject: string | null, path = "main.py"): string[] {
  const tree: SourceTree = {
    paths: [path],
    read: () => ({ id: text + path, bytes: Buffer.from(text) }),
    manifests: () => (pyproject === null ? [] : [{ path: "pyproject.toml", text: pyproject }]),
  };
  const [report] = analyser.check(tree, [path]).reports;
  return (
    report?.diagnostics.map(({ code, location, severity }) => `${code} ${location.line} ${severity}`) ?? []
  );
}

const MODERN = '[project]\nrequires-python = ">=3.12"\n';

const STARTS_LOOP = `import asyncio

async def save():
    return 1

def main():
    loop = asyncio.get_event_loop()
    loop.run_until_complete(save())
    asyncio.get_event_loop().run_until_complete(save())
`;

test("a loop that nobody made is reported where only new versions of Python are supported", () => {
  expect(findingsOf(STARTS_LOOP, MODERN)).toEqual(["YS203 7 warning", "YS203 9 warning"]);
  expect(findingsOf(STARTS_LOOP, '[tool.poetry.dependencies]\npython = "^3.13"\n')).toHaveLength(2);
});

test.each([
  ["older ones are supported", STARTS_LOOP, '[project]\nrequires-python = ">=3.10"\n'],
  ["nothing is said of versions", STARTS_LOOP, "[project]\n"],
  ["there is no manifest", STARTS_LOOP, null],
  [
    "a loop is set",
    STARTS_LOOP.replace("    loop =", "    asyncio.set_event_loop(None)\n    loop ="),
    MODERN,
  ],
  ["the loop is not started there", STARTS_LOOP.replaceAll("run_until_complete", "create_future"), MODERN],
  [
    "it stands under a main guard",
    `import asyncio\nif __name__ == "__main__":\n    asyncio.get_event_loop().run_forever()\n`,
    MODERN,
  ],
])("but not where %s", (_, text, pyproject) => {
  expect(findingsOf(text, pyproject)).toEqual([]);
});

test("an old way to get the running loop is only mentioned", () => {
  const text = "import asyncio\n\nasync def main():\n    return asyncio.get_event_loop()\n";
  expect(findingsOf(text, null)).toEqual(["YS203 4 info"]);
});

test("a test that replaces the function is left alone", () => {
  const text = `import asyncio

async def test_loop(monkeypatch):
    monkeypatch.setattr(asyncio, "get_event_loop", lambda: None)
    return asyncio.get_event_loop()
`;
  expect(findingsOf(text, null)).toEqual([]);
});

test("a loop is running around the cells of a notebook", () => {
  const source = ["import asyncio\n", "async def save():\n", "    return 1\n", "asyncio.run(save())"];
  const cells = [{ cell_type: "code", metadata: {}, outputs: [], execution_count: null, source }];
  const notebook = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }, null, 1);
  expect(findingsOf(notebook, null, "notebook.ipynb")).toEqual([expect.stringMatching(/^YS203 \d+ error$/)]);
  expect(findingsOf(source.join(""), null)).toEqual([]);
});

test("deep nesting and odd names neither crash nor hang", () => {
  const deep = `${"(".repeat(3000)}1${")".repeat(3000)}`;
  const text = `import asyncio\n\nasync def __proto__(constructor):\n    toString = asyncio.create_task(__proto__(${deep}))\n    toString.result()\n    await asyncio.gather([__proto__(1)])\n`;
  expect(checkText(analyser, text).diagnostics.every(({ code }) => code.startsWith("YS20"))).toBe(true);
});

test("a runner that a test replaces is left alone", () => {
  const text = `import asyncio
from unittest.mock import patch

async def test_main():
    with patch("asyncio.run") as run:
        asyncio.run(1)
    assert run.called
`;
  expect(findingsOf(text, null)).toEqual([]);
});
