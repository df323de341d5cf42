import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { unusedAsync } from "../../src/rules/unused-async.ts";
import { checkTexts } from "./check-text.ts";
import { testRule } from "./rule-tester.ts";

const ADD = "async def add(a, b):\n    return a + b\n";
const CALL = "from app.sums import add\n\n\nasync def total(a):\n    return await add(a, 1)\n";

/** A repository in which all calls of `add` are awaited, with further files. */
function withFiles(files: Readonly<Record<string, string>>): Record<string, string> {
  return { "app/sums.py": ADD, "app/main.py": CALL, ...files };
}

const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "handed on by its package": { "app/__init__.py": "from app.sums import add\n" },
  "passed by reference": { "app/hooks.py": "from app.sums import add\n\nHOOKS = [add]\n" },
  "passed by reference through its module": {
    "app/hooks.py": "from app import sums\n\nHOOKS = [sums.add]\n",
  },
  "imported under another name": { "app/other.py": "from app.sums import add as plus\n" },
  "imported with everything": { "app/other.py": "from app.sums import *\n\nHOOKS = [add]\n" },
  "named in a string": { "app/other.py": "TASKS = ['app.sums.add']\n" },
  "named for a mock": {
    "tests/test_sums.py":
      "from unittest.mock import patch\n\n\ndef test_it():\n    with patch('app.sums.add'):\n        pass\n",
  },
  "read from a module by name": {
    "app/other.py": "def get(module):\n    return getattr(module, 'add')\n",
  },
  "called on what may be its module": {
    "app/other.py": "async def run(plugin):\n    return await plugin.add(1, 2)\n",
  },
  "given to gather": {
    "app/other.py":
      "import asyncio\n\nfrom app.sums import add\n\n\nasync def run():\n    await asyncio.gather(add(1, 2))\n",
  },
  "used where a file does not parse": { "app/other.py": "from app.sums import add\n\nx = = add\n" },
};

const reported: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "its name used otherwise": {
    "app/other.py": "def add(a):\n    return a\n\n\nprint(add(1), [add], dict(add=1))\n",
    "app/more.py": "class Box:\n    def add(self):\n        self.added = self.add\n\n\nBox().add()\n",
  },
  "comments and a list of imports": {
    "app/other.py":
      "from app.sums import (\n    add,\n)\n\n\nasync def run():\n    # add is quick\n    await add(1, 2)\n",
  },
  "calls through its module": {
    "app/other.py": "import app.sums\n\n\nasync def run():\n    await app.sums.add(1, 2)\n",
  },
};

const analyser = await createAnalyser();
const IN_SUMS = {
  path: "app/sums.py",
  text: "async def add",
  message: "`add` is `async` and awaits nothing.",
  grade: "none",
} as const;

testRule(unusedAsync, {
  correct: [
    ...Object.entries(silent)
      .filter(([name]) => !name.includes("parse"))
      .map(([name, files]) => ({ name, source: withFiles(files) })),
    {
      name: "only tests call it",
      source: {
        "sums.py": ADD,
        "test_sums.py": "from sums import add\n\n\nasync def test_add():\n    assert await add(1, 2) == 3\n",
      },
    },
    {
      name: "its module looks at its own names",
      source: `${ADD}\n\nasync def run(name):\n    await add(1, 2)\n    await globals()[name](1, 2)\n`,
    },
  ],
  defective: [
    ...Object.entries(reported).map(([name, files]) => ({
      name,
      source: withFiles(files),
      findings: [IN_SUMS],
    })),
    {
      name: "a missing await in the function comes first, also in a function within it",
      source:
        "import asyncio\n\n\nasync def look():\n    def inner():\n        asyncio.sleep(1)\n\n    inner()\n\n\nasync def main():\n    await look()\n",
      findings: [
        {
          code: "YS106",
          text: "asyncio.sleep(1)",
          message: /^`asyncio\.sleep\(1\)` is a coroutine/,
          grade: "none",
        },
      ],
    },
    {
      name: "a repair of a call is offered, although it shows that the function needs no async",
      source: `${ADD}\n\nasync def main():\n    add(1, 2)\n`,
      findings: [{ code: "YS106", text: "add(1, 2)", message: /^`add\(1, 2\)` is a coroutine/, grade: "A" }],
      output: `${ADD}\n\nasync def main():\n    await add(1, 2)\n`,
    },
  ],
});

function found(files: Readonly<Record<string, string>>): string[] {
  const reports = checkTexts(analyser, new Map(Object.entries(files)), ["YS601"]);
  return reports.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
}

test("a mention in a file that does not parse is not known", () => {
  expect(found(withFiles({}))).toEqual(["YS601"]);
  expect(found(withFiles(silent["used where a file does not parse"] ?? {}))).toEqual([]);
});

test("nothing is said where the files are not all at hand", () => {
  const files = new Map(Object.entries(withFiles({})));
  const read = (path: string) => {
    const text = files.get(path);
    return text === undefined ? undefined : { id: text, bytes: Buffer.from(text) };
  };
  const paths = [...files.keys()];
  const codes = [true, false].map((isAtHand) =>
    [...analyser.check({ paths, read, isAtHand }, paths, { rules: ["YS601"] }).reports].flatMap(
      ({ diagnostics }) => diagnostics.map(({ code }) => code),
    ),
  );
  expect(codes).toEqual([["YS601"], []]);
});
