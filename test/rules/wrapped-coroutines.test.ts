import { expect, test } from "vitest";
import type { SourceTree } from "../../src/analysis/analyser.ts";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { checkTexts } from "./check-text.ts";

const analyser = await createAnalyser();

const CLIENT = `class Client:
    async def stop(self):
        return 1

    def __exit__(self, *args):
        self.stop()

    async def restart(self):
        self.stop()
`;

// What a module that makes coroutines callable from synchronous code looks like.
const SYNC = `import asyncio, inspect
from client import Client

for name in dir(Client):
    method = getattr(Client, name)
    if inspect.iscoroutinefunction(method):
        def run(*args, method=method):
            return asyncio.get_event_loop().run_until_complete(method(*args))
        setattr(Client, name, run)
`;

function linesOf(files: Readonly<Record<string, string>>): number[] {
  const report = checkTexts(analyser, new Map(Object.entries(files))).find(
    ({ path }) => path === "client.py",
  );
  return report?.diagnostics.map(({ location }) => location.line) ?? [];
}

test("a coroutine dropped in synchronous code is reported", () => {
  expect(linesOf({ "client.py": CLIENT })).toEqual([6, 9]);
});

test("but not where the repository replaces coroutines by functions that run them", () => {
  expect(linesOf({ "client.py": CLIENT, "sync.py": SYNC })).toEqual([9]);
});

test("in a working tree the module is found without being imported", () => {
  const files = new Map(Object.entries({ "client.py": CLIENT, "sync.py": SYNC }));
  const tree: SourceTree = {
    paths: [...files.keys()],
    isAtHand: true,
    read: (path) => ({ id: path, bytes: Buffer.from(files.get(path) ?? "") }),
  };
  const { reports } = analyser.check(tree, ["client.py"]);
  expect(reports.flatMap(({ diagnostics }) => diagnostics.map(({ location }) => location.line))).toEqual([9]);
});
