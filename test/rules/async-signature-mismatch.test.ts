import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { checkTexts } from "./check-text.ts";

const analyser = await createAnalyser();

function check(files: Readonly<Record<string, string>>): string[] {
  const reports = checkTexts(analyser, new Map(Object.entries(files)), ["YS120"]);
  return reports.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ location, fix }) => `${path}:${location.line} ${fix?.grade ?? "none"}`),
  );
}

const BASE =
  "class Base:\n    async def load(self):\n        return 1\n\n    async def use(self):\n        await self.load()\n";
const OWN = "from base import Base\n\n\nclass Own(Base):\n    def load(self):\n        return 2\n";

test("a base class in another file counts, and the explanation leads there", () => {
  expect(check({ "base.py": BASE, "own.py": OWN })).toEqual(["own.py:5 none"]);
  const reports = checkTexts(
    analyser,
    new Map([
      ["base.py", BASE],
      ["own.py", OWN],
    ]),
    ["YS120"],
  );
  const chain = reports.flatMap(({ diagnostics }) => diagnostics.flatMap((one) => one.chain));
  expect(chain.map(({ path, line }) => `${path}:${line}`)).toEqual(["base.py:2"]);
});

test("a handler is reported only where a call relies on the base class", () => {
  const handler = (text: string): string => text.replaceAll("load", "on_load");
  const base = handler(BASE.replace("await self.load()", "pass"));
  const own = handler(OWN);
  expect(check({ "base.py": base, "own.py": own })).toEqual([]);
  const use = "\n\nasync def use(base: Base):\n    await base.on_load()\n";
  expect(check({ "base.py": base, "own.py": own + use })).toEqual(["own.py:5 none"]);
  const exact = "\n\nasync def use():\n    await Base().on_load()\n";
  expect(check({ "base.py": base, "own.py": own + exact })).toEqual([]);
});

test("a method that is asynchronous in the base class needs no such call", () => {
  const base = BASE.replace("await self.load()", "pass");
  expect(check({ "base.py": base, "own.py": OWN })).toEqual(["own.py:5 none"]);
});

test("the nearest base decides", () => {
  const middle =
    "from base import Base\n\n\nclass Middle(Base):\n    def load(self):  # noqa\n        return 2\n";
  const own = "from middle import Middle\n\n\nclass Own(Middle):\n    def load(self):\n        return 3\n";
  expect(check({ "base.py": BASE, "middle.py": middle, "own.py": own })).toEqual([]);
});

test("an unknown base in front hides what the others have", () => {
  const own = OWN.replace("Own(Base)", "Own(Unknown, Base)").replace(
    "Base\n",
    "Base\nfrom other import Unknown\n",
  );
  expect(check({ "base.py": BASE, "own.py": own })).toEqual([]);
});

test("tests and files that ask what can be awaited are left alone", () => {
  expect(check({ "base.py": BASE, "tests/test_own.py": OWN })).toEqual([]);
  expect(check({ "base.py": `${BASE}\n\ndef ask(x):\n    return isawaitable(x)\n`, "own.py": OWN })).toEqual(
    [],
  );
});

test("a declaration is reported for an implementation in another file", () => {
  const base =
    "from collections.abc import AsyncIterator\nfrom typing import Protocol\n\n\nclass Rows(Protocol):\n    async def rows(self) -> AsyncIterator[int]: ...\n";
  const own = "from base import Rows\n\n\nclass Own(Rows):\n    async def rows(self):\n        yield 1\n";
  expect(check({ "base.py": base, "own.py": own })).toEqual(["base.py:6 B"]);
  const other = own.replace("yield 1", "return iter_rows()");
  expect(check({ "base.py": base, "own.py": other })).toEqual([]);
  expect(check({ "base.py": base, "own.py": own, "other.py": other })).toEqual([]);
});
