import { describe, expect, test } from "vitest";
import { collectSites } from "../../bench/sites/collect-sites.ts";
import type { Site } from "../../bench/sites/site.ts";
import { groupBy, sample, tally } from "../../bench/sites/tally.ts";
import { isTestPath } from "../../src/analysis/is-test-path.ts";
import { createProjectOpener } from "../../src/analysis/open-project.ts";

const opener = await createProjectOpener();

function sitesOf(files: Readonly<Record<string, string>>): Site[] {
  const read = (path: string) => ({ id: path, bytes: Buffer.from(files[path] ?? "") });
  const tree = { paths: Object.keys(files), read };
  return collectSites(opener.open(tree), tree);
}

const REPO = "class Repo:\n    async def save(self): pass\n    async def rows(self):\n        yield 1\n";

describe("sites", () => {
  test("are the calls that are consumed asynchronously, with what is known of them", () => {
    const found = sitesOf({
      "repo.py": REPO,
      "main.py": `import nowhere
from repo import Repo


async def main(repo: Repo, other):
    await repo.save()
    async for row in repo.rows():
        await other.save()
    [x async for x in repo.save()]
    async with nowhere.open():
        repo.save()
        await other
`,
    });
    expect(
      found.map(
        ({ line, consumption, shape, verdict, certainty }) =>
          `${line} ${consumption}; ${shape}; ${verdict} ${certainty}`,
      ),
    ).toEqual([
      "6 await; annotated parameter.method; resolved certain",
      "7 async for; annotated parameter.method; resolved certain",
      "8 await; unannotated parameter.method; unresolved unknown",
      "9 async for; annotated parameter.method; contradicted certain",
      "10 async with; unknown library module.method; unresolved unknown",
    ]);
    expect(found.map(({ gap }) => gap)).toEqual([
      null,
      null,
      { step: "parameter without annotation", subject: "other" },
      null,
      { step: "module is not known", subject: "nowhere" },
    ]);
  });

  test.each([
    ["f()", "same file: function()"],
    ["repo.save()", "same file: variable.method"],
    ["self.own()", "self.method, same class"],
    ["self.inherited()", "self.method, inherited"],
    ["self.repo.save()", "self.attr.method"],
    ["super().own()", "super().method"],
    ["asyncio.sleep(1)", "stdlib module.method"],
    ["Repo().save()", "chained call: f().method"],
    ["Repo.save(repo)", "imported from repo: name.method"],
    ["local.save()", "local = f().method"],
    ["entered.save()", "with variable.method"],
    ["callback()", "annotated parameter()"],
    ["(await f()).save()", "(await …).method"],
    ["[f][0]()", "subscript: x[i]()"],
    ["f()()", "called result: f()()"],
  ])("await %s has the shape %s", (call, shape) => {
    const found = sitesOf({
      "repo.py": REPO,
      "main.py": `import asyncio
from repo import Repo
repo = Repo()
async def f(): pass
class Service(Base):
    def __init__(self):
        self.repo = Repo()
    async def own(self): pass
    async def work(self, callback: object):
        local = Repo()
        with local as entered:
            await ${call}
`,
    });
    expect(found.map((site) => site.shape)).toContain(shape);
  });

  test.each([
    [
      "def f(x):\n    return x.y\n\n\nasync def main():\n    await f(1).z()\n",
      /parameter without annotation: x/,
    ],
    [
      "from nowhere import T\n\n\nasync def main(x: T):\n    await x.y()\n",
      /module is not known: nowhere\.T/,
    ],
    [
      "from nowhere import T\n\n\nclass C:\n    def __init__(self, t: T):\n        self.t = t\n\n    async def f(self):\n        await self.t.y()\n",
      /module is not known: nowhere\.T/,
    ],
    ["from main import x\n\n\nasync def main():\n    await x.y()\n", /imports its own/],
    ["x = y\ny = x\n\n\nasync def main():\n    await x.y()\n", /too many steps|without a known value/],
  ])("a miss names where evaluation loses track (%#)", (text, gap) => {
    const [site] = sitesOf({ "main.py": text });
    expect(`${site?.gap?.step}: ${site?.gap?.subject}`).toMatch(gap);
  });
});

test.each([
  ["tests/unit/a.py", true],
  ["app/test/a.py", true],
  ["app/test_a.py", true],
  ["app/a_test.py", true],
  ["conftest.py", true],
  ["app/latest/a.py", false],
  ["app/testing.py", false],
])("%s belongs to a test suite: %s", (path, expected) => {
  expect(isTestPath(path)).toBe(expected);
});

test("tallies count, groups are ordered by size, samples repeat with their seed", () => {
  const sites = sitesOf({
    "a.py": "async def f(): pass\nasync def g(x):\n    await f()\n    await f()\n    await x()\n",
  });
  expect(tally(sites)).toEqual({ sites: 3, resolved: 2, certain: 2, contradicted: 0, unresolved: 1 });
  expect(groupBy(sites, ({ text }) => [text]).map(([key, group]) => [key, group.length])).toEqual([
    ["f()", 2],
    ["x()", 1],
  ]);
  const numbers = Array.from({ length: 100 }, (_, index) => index);
  expect(sample(numbers, 5, 7)).toEqual(sample(numbers, 5, 7));
  expect(sample(numbers, 5, 7)).not.toEqual(sample(numbers, 5, 8));
  expect(sample(numbers, 200, 1)).toEqual(numbers);
});
