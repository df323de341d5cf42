import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RULES } from "../../src/rules/index.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const DEFECT = "async def save(x):\n    return x\n\n\nasync def main():\n    save(1)\n";
const CLEAN = DEFECT.replace("    save(1)", "    await save(1)");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yieldsign-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function run(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...parameters], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function git(...parameters: string[]): string {
  const identity = ["-c", "user.email=a@example.com", "-c", "user.name=A"];
  return execFileSync("git", [...identity, ...parameters], { cwd: folder, encoding: "utf8" });
}

describe("check", () => {
  test("exits 0 when clean, 1 with findings, 2 when it cannot run", () => {
    write("a.py", CLEAN);
    expect(run("check")).toEqual({
      status: 0,
      stdout: "All checks passed: 1 file without async mistakes.\n",
      stderr: "",
    });
    write("b.py", DEFECT);
    expect(run("check", "--format", "concise")).toEqual({
      status: 1,
      stdout:
        "b.py:6:5: YS106 missing-await: `save(1)` is a coroutine that nobody awaits.\nFound 1 error in 2 files (1 with a repair).\n",
      stderr: "",
    });
    expect(run("check", "nowhere.py")).toEqual({
      status: 2,
      stdout: "",
      stderr: `yieldsign: there is no file or folder ${join(folder, "nowhere.py")}\n`,
    });
  });

  test("resolves names in the whole project although only one file is checked", () => {
    write("pyproject.toml", "");
    write("app/repo.py", "async def rows():\n    yield 1\n");
    write("app/api.py", "from app.repo import rows\n\n\nasync def main():\n    return list(rows())\n");
    expect(run("check", "app/api.py", "--format", "concise").stdout).toMatch(/^app\/api\.py:5:17: YS104 /);
  });

  test("selects and ignores rules by name, code and prefix", () => {
    write("a.py", DEFECT);
    expect(run("check", "--select", "YS101").status).toBe(0);
    expect(run("check", "--select", "YS1").status).toBe(1);
    expect(run("check", "--ignore", "missing-await").status).toBe(0);
    expect(run("check", "--select", "missing-awiat")).toMatchObject({
      status: 2,
      stderr: "yieldsign: there is no rule missing-awiat; did you mean missing-await?\n",
    });
  });

  test("counts per rule on standard error with --stats", () => {
    write("a.py", DEFECT);
    expect(run("check", "--stats").stderr).toBe("    1  YS106  missing-await\n");
  });

  test("leaves out ignored files, virtual environments and links, but not files that are named", () => {
    write(".venv/pyvenv.cfg", "");
    write(".venv/lib/a.py", DEFECT);
    write("node_modules/a.py", DEFECT);
    mkdirSync(join(folder, "target"));
    write("target/a.txt", DEFECT);
    symlinkSync(join(folder, "target/a.txt"), join(folder, "link.py"));
    expect(run("check")).toMatchObject({ status: 0, stderr: "yieldsign: no Python files to check\n" });
    expect(run("check", ".venv/lib/a.py").status).toBe(1);
    rmSync(join(folder, "link.py"));
    git("init", "--quiet");
    write(".gitignore", "generated/\n");
    write("generated/a.py", DEFECT);
    write("b.py", CLEAN);
    expect(run("check").stdout).toBe("All checks passed: 1 file without async mistakes.\n");
  });

  test.each([
    [
      ["check", "--format", "xml"],
      "yieldsign: there is no format xml; use full, concise, json, sarif, github",
    ],
    [["check", "--format", "jsno"], "yieldsign: there is no format jsno; did you mean json?"],
    [["check", "--colour"], "yieldsign: Unknown option '--colour'"],
    [["chekc"], "yieldsign: there is no command chekc; did you mean check?"],
    [["explain", "YS999"], "yieldsign: there is no rule YS999"],
  ])("%j is refused in one line", (parameters, words) => {
    const { status, stdout, stderr } = run(...parameters);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.startsWith(words)).toBe(true);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("check --diff", () => {
  beforeEach(() => {
    git("init", "--quiet", "--initial-branch=main");
    write("old.py", DEFECT);
    write("lib.py", "async def load():\n    return 1\n");
    git("add", "-A");
    git("commit", "-qm", "one");
  });

  test("reports only what the working tree introduces", () => {
    write("old.py", `# shifted\n${DEFECT}`);
    write("new.py", "from lib import load\n\n\nasync def main():\n    load()\n");
    git("add", "-A");
    expect(run("check", "--diff", "main", "--format", "concise").stdout).toMatch(
      /^new\.py:5:5: YS106 .*\nFound 1 error in 2 files/,
    );
    expect(run("check", "--diff", "main", "--all-lines", "--format", "concise").stdout).toContain(
      "old.py:7:5: YS106",
    );
  });

  test("compares two commits without looking at the working tree", () => {
    git("checkout", "-qb", "topic");
    write("new.py", DEFECT);
    git("add", "-A");
    git("commit", "-qm", "two");
    rmSync(join(folder, "new.py"));
    expect(run("check", "--diff", "main..topic", "--format", "concise").stdout).toMatch(
      /^new\.py:6:5: YS106/,
    );
    expect(run("check", "--diff", "topic..main").status).toBe(0);
  });

  test("says in git's words what is wrong with a revision", () => {
    expect(run("check", "--diff", "nowhere")).toMatchObject({ status: 2, stdout: "" });
    expect(run("check", "--diff", "nowhere").stderr).toMatch(/^yieldsign: git: .*nowhere/);
  });
});

describe("explain and help", () => {
  test("every rule can be explained by name and code", () => {
    for (const { name, code } of RULES) {
      expect(run("explain", name).stdout.startsWith(`# ${name} (${code})\n`)).toBe(true);
    }
    expect(run("explain", "ys101").stdout).toMatch(/^# await-async-generator/);
    expect(
      run("explain")
        .stdout.split("\n")
        .filter((line) => line.startsWith("YS")),
    ).toHaveLength(RULES.length);
  });

  test("help and version go to standard output and exit 0", () => {
    expect(run("--help").stdout).toMatch(/^Yieldsign finds async mistakes/);
    expect(run("check", "--help").stdout).toMatch(/^Check Python files/);
    expect(run("explain", "--help").stdout).toMatch(/^Show what a rule finds/);
    expect(run("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run()).toMatchObject({ status: 2, stdout: "" });
  });
});
