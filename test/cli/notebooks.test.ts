import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const FIXTURES = fileURLToPath(new URL("../../fixtures/notebooks/", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yieldsign-notebooks-"));
  cpSync(join(FIXTURES, "shop"), join(folder, "shop"), { recursive: true });
  for (const name of ["jupyter.ipynb", "r.ipynb"]) cpSync(join(FIXTURES, name), join(folder, name));
  mkdirSync(join(folder, ".ipynb_checkpoints"));
  cpSync(join(FIXTURES, "jupyter.ipynb"), join(folder, ".ipynb_checkpoints/jupyter-checkpoint.ipynb"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...parameters], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function git(...parameters: string[]): void {
  const identity = ["-c", "user.email=a@example.com", "-c", "user.name=A"];
  execFileSync("git", [...identity, ...parameters], { cwd: folder, stdio: "ignore" });
}

const CONCISE = [
  "jupyter.ipynb:64:6: YS106 missing-await: `fetch(\"Zoë 😀\", '\\t\\\\')` is a coroutine that nobody awaits (cell 4, line 2).",
  "jupyter.ipynb:66:10: YS106 missing-await: `save(row)` is a coroutine that nobody awaits (cell 4, line 4).",
  "jupyter.ipynb:82:10: YS106 missing-await: `fetch(files[0])` is a coroutine that nobody awaits (cell 5, line 6).",
  "jupyter.ipynb:83:17: YS104 for-over-async-generator: `rows()` is an async generator, which only `async for` can iterate over (cell 5, line 7).",
  "jupyter.ipynb:118:10: YS115 await-outside-async: `await` stands in `report`, which is a plain `def` (cell 8, line 2).",
  "jupyter.ipynb:119:10: YS106 missing-await: `fetch()` is a coroutine that nobody awaits (cell 8, line 3).",
  "jupyter.ipynb:163:10: YS106 missing-await: `fetch()` is a coroutine that nobody awaits (cell 12, line 3).",
  "",
  "Not checked, or only in part:",
  "  jupyter.ipynb: syntax error in cell 7, line 1: that cell was not checked",
  "  r.ipynb: the notebook's language is R, not Python",
  "Found 7 errors in 3 files (5 with a repair).",
  "",
].join("\n");

test("notebooks are checked beside modules, in a folder and in a git work tree; checkpoints are not", () => {
  expect(run("check", "--format", "concise")).toEqual({ status: 1, stdout: CONCISE, stderr: "" });
  git("init", "--quiet");
  git("add", "-A");
  expect(run("check", "--format", "concise").stdout).toBe(CONCISE);
  expect(run("check", "jupyter.ipynb", "--format", "concise").stdout).toContain("(cell 12, line 3)");
});

test("the full report shows the line of the file and the repair in it", () => {
  const { stdout } = run("check", "jupyter.ipynb");
  expect(stdout).toContain(
    [
      " --> jupyter.ipynb:163:10",
      '162 |     "(\\n",',
      '163 |     "    fetch()  # YS106: A\\n",',
      "    |          ^^^^^^^",
      '164 |     ")"',
    ].join("\n"),
  );
  expect(stdout).toContain(
    '    -    "    fetch()  # YS106: A\\n",\n    +    "    await fetch()  # YS106: A\\n",\n',
  );
});

test("formats for programs have places of the file that the edits fit, and the cell", () => {
  const { findings } = JSON.parse(run("check", "--format", "json").stdout) as {
    findings: {
      line: number;
      cell: unknown;
      fix: { edits: { line: number; column: number; endColumn: number; text: string }[] } | null;
    }[];
  };
  expect(findings[0]).toMatchObject({ line: 64, cell: { index: 4, line: 2 } });
  const lines = readFileSync(join(folder, "jupyter.ipynb"), "utf8").split("\n");
  for (const { fix } of findings)
    for (const { line, column, endColumn, text } of fix?.edits ?? []) {
      const old = lines[line - 1] ?? "";
      lines[line - 1] = old.slice(0, column - 1) + text + old.slice(endColumn - 1);
    }
  writeFileSync(join(folder, "jupyter.ipynb"), lines.join("\n"));
  const rest = JSON.parse(run("check", "--format", "json").stdout) as typeof findings extends infer T
    ? { findings: T }
    : never;
  expect(rest.findings.map(({ cell }) => cell)).toEqual([
    { index: 8, line: 2 },
    { index: 8, line: 3 },
  ]);
  const sarif = JSON.parse(run("check", "--format", "sarif").stdout);
  expect(sarif.runs[0].results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: "jupyter.ipynb" },
    region: { startLine: 118, startColumn: 10, endLine: 118, endColumn: 23 },
  });
  expect(run("check", "--format", "github").stdout).toMatch(
    /^::error file=jupyter\.ipynb,line=118,endLine=118,col=10/,
  );
});

test("`check --diff` reports what the change of a notebook introduces", () => {
  git("init", "--quiet", "--initial-branch=main");
  git("add", "-A");
  git("commit", "-qm", "one");
  const json = readFileSync(join(folder, "jupyter.ipynb"), "utf8");
  writeFileSync(
    join(folder, "jupyter.ipynb"),
    json.replace('    "await fetch()\\n",', '    "\\n",\n    "fetch()\\n",'),
  );
  expect(run("check", "--diff", "main", "--format", "concise").stdout).toMatch(
    /^jupyter\.ipynb:64:6: YS106 .* \(cell 4, line 2\)\.\n\n.*\n.*\nFound 1 error/,
  );
  git("commit", "-qam", "two");
  expect(run("check", "--diff", "main~1..main", "--format", "concise").stdout).toMatch(
    /^jupyter\.ipynb:64:6: YS106/,
  );
});

test("`kinds` tells of the calls in cells", () => {
  expect(run("kinds", "jupyter.ipynb").stdout).toContain(
    "jupyter.ipynb:63:12: await `fetch()`: coroutine, certain\n    jupyter.ipynb:36: `fetch` is a coroutine function",
  );
});
