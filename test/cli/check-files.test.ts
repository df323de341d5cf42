import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkFiles } from "../../src/cli/check-files.ts";
import { openWorkingTree } from "../../src/cli/working-tree.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yieldsign-threads-"));
  writeFileSync(join(folder, "repo.py"), "async def save(x):\n    return x\n");
  for (let index = 0; index < 600; index++) {
    const call = index % 7 === 0 ? "save(1)" : "await save(1)";
    const text = `from repo import save\n\n\nasync def main_${index}():\n    ${call}\n`;
    writeFileSync(join(folder, `part_${index}.py`), text);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A stand-in for the worker: reports every file, except that `part_5.py` makes it do what `then` says. */
function worker(then: string): URL {
  const source = `
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", (group) => {
      for (const path of group) {
        if (path === "part_5.py") { ${then}; return; }
        const report = { path, text: null, hasBom: false, diagnostics: [], skipped: null, note: null };
        parentPort.postMessage({ kind: "report", report });
      }
      parentPort.postMessage({ kind: "done" });
    });`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

test("several threads say the same in the same order as one", async () => {
  const tree = openWorkingTree(folder, []);
  const one = await checkFiles(folder, tree, tree.paths, { threads: 1 });
  const three = await checkFiles(folder, tree, tree.paths, { threads: 3 });
  expect(three).toEqual(one);
  expect(one.map(({ path }) => path)).toEqual(tree.paths);
  expect(one.flatMap(({ diagnostics }) => diagnostics)).toHaveLength(86);
  expect(one.filter(({ text }) => text !== null)).toHaveLength(86);
});

test("several threads see the same changed files as one", async () => {
  const tree = openWorkingTree(folder, []);
  const repaired = "from repo import save\n\n\nasync def main_0():\n    await save(1)\n";
  const changed = new Map([
    ["part_0.py", Buffer.from(repaired)],
    ["part_1.py", Buffer.from("import repo\n\n\nasync def f():\n    repo.save()\n    repo.save()\n")],
  ]);
  const one = await checkFiles(folder, tree, tree.paths, { threads: 1, changed });
  const three = await checkFiles(folder, tree, tree.paths, { threads: 3, changed });
  expect(three).toEqual(one);
  const found = one.flatMap(({ path, diagnostics }) => diagnostics.map(() => path));
  expect(found).toHaveLength(87);
  expect(found.filter((path) => changed.has(path))).toEqual(["part_1.py", "part_1.py"]);
});

test.each([
  ["an exception", "throw new Error('broken')", /the analysis failed: broken/],
  ["the end of the thread", "process.exit(1)", /its thread ended/],
  ["a failure", "parentPort.postMessage({ kind: 'failed', message: 'no idea' })", /no idea/],
  ["an endless loop", "for (;;);", /took longer than/],
])("%s is reported for its file only", async (_, then, reason) => {
  const tree = openWorkingTree(folder, []);
  const options = { threads: 2, deadlineMs: 1_000, workerUrl: worker(then) };
  const reports = await checkFiles(folder, tree, tree.paths, options);
  expect(reports.map(({ path }) => path)).toEqual(tree.paths);
  const skipped = reports.filter((report) => report.skipped !== null);
  expect(skipped.map(({ path }) => path)).toEqual(["part_5.py"]);
  expect(skipped[0]?.skipped).toMatch(reason);
});

test("a thread that cannot run at all does not run once a file", async () => {
  const tree = openWorkingTree(folder, []);
  const workerUrl = new URL("data:text/javascript,throw new Error('no')");
  const reports = await checkFiles(folder, tree, tree.paths, { threads: 2, workerUrl });
  expect(reports).toHaveLength(601);
  expect(new Set(reports.map(({ skipped }) => skipped))).toEqual(new Set(["the analysis failed: no"]));
});
