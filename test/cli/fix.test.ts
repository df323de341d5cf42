import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const SAVE = "async def save(x):\n    return x\n";
const DEFECT = `${SAVE}\n\nasync def main():\n    save(1)\n`;
const CLEAN = DEFECT.replace("    save(1)", "    await save(1)");
const LIST = "async def rows():\n    yield 1\n\n\nasync def main():\n    return list(rows())\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yieldsign-fix-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const read = (path: string): string => readFileSync(join(folder, path), "utf8");

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...parameters: string[]): Ended {
  return runIn(".", ...parameters);
}

function runIn(where: string, ...parameters: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "check", ...parameters], {
    cwd: join(folder, where),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function git(...parameters: string[]): string {
  const settings = ["user.email=a@example.com", "user.name=A", "core.autocrlf=false"].flatMap((one) => [
    "-c",
    one,
  ]);
  return execFileSync("git", [...settings, ...parameters], { cwd: folder, encoding: "utf8" });
}

function commitAll(): void {
  git("init", "--quiet", "--initial-branch=main");
  git("add", "-A");
  git("commit", "-qm", "one");
}

describe("check --fix", () => {
  test("repairs what has one sensible repair and reports the rest", () => {
    write("a.py", DEFECT);
    write("b.py", LIST.replace("list(", "set("));
    write("c.py", CLEAN);
    const { status, stdout, stderr } = run("--fix", "--format", "concise");
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout.split("\n").slice(0, 1)[0]).toMatch(/^b\.py:6:16: YS104 /);
    expect(stdout.split("\n").slice(1)).toEqual([
      "Found 1 error in 3 files (1 with a repair to be checked).",
      "Repaired 1 of 2 mistakes in 1 file.",
      "With --unsafe: 1 more repair, to be checked for what else changes.",
      "",
    ]);
    expect([read("a.py"), read("b.py")]).toEqual([CLEAN, LIST.replace("list(", "set(")]);
    expect(run("--fix", "--unsafe")).toEqual({
      status: 0,
      stdout: "All checks passed: 3 files without async mistakes.\nRepaired 1 of 1 mistake in 1 file.\n",
      stderr: "",
    });
    expect(read("b.py")).toContain("return {x async for x in rows()}");
  });

  test("does not touch files when nothing is to be repaired", () => {
    write("a.py", CLEAN);
    write("b.py", `${SAVE}\n\ndef main():\n    save(1)\n`);
    const before = ["a.py", "b.py"].map((path) => statSync(join(folder, path)));
    expect(run("--fix", "--format", "concise").stdout).toMatch(
      /Found 1 error in 2 files\.\nNothing was repaired\.\n$/,
    );
    expect(run("--fix", "a.py").stdout).toBe("All checks passed: 1 file without async mistakes.\n");
    for (const [index, path] of ["a.py", "b.py"].entries()) {
      const { ino, mtimeMs } = statSync(join(folder, path));
      expect([ino, mtimeMs]).toEqual([before[index]?.ino, before[index]?.mtimeMs]);
    }
  });

  test("repairs only the selected rules and the named files", () => {
    const text = DEFECT + LIST.replace("main", "other");
    for (const path of ["a.py", "sub/b.py"]) write(path, text);
    expect(run("--fix", "--unsafe", "--select", "YS104", "sub").status).toBe(0);
    expect(read("a.py")).toBe(text);
    expect(read("sub/b.py")).toBe(text.replace("list(rows())", "[x async for x in rows()]"));
  });

  test("machine formats report what remains, and the count stands on standard error", () => {
    const summary = "Repaired 1 of 2 mistakes in 1 file.\n";
    const found: Record<string, (stdout: string) => string[]> = {
      json: (stdout) => JSON.parse(stdout).findings.map(({ code }: { code: string }) => code),
      sarif: (stdout) => JSON.parse(stdout).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId),
      github: (stdout) => [...stdout.matchAll(/^::error .*title=(YS\d+)/gm)].map(([, code = ""]) => code),
    };
    for (const [format, codesOf] of Object.entries(found)) {
      write("a.py", `${DEFECT}\n\ndef sync():\n    save(2)\n`);
      const { status, stdout, stderr } = run("--fix", "--format", format);
      expect([status, stderr], format).toEqual([1, summary]);
      expect(codesOf(stdout), format).toEqual(["YS106"]);
      expect(read("a.py")).toBe(`${CLEAN}\n\ndef sync():\n    save(2)\n`);
    }
  });

  test.each([
    [["--unsafe"], "yieldsign: --unsafe needs --fix or --diff-fixes\n"],
    [
      ["--fix", "--diff-fixes"],
      "yieldsign: --fix writes the repairs and --diff-fixes only shows them; use one\n",
    ],
    [["--fix", "--diff", "a..b"], "yieldsign: --fix repairs the working tree, not b; use --diff a\n"],
    [
      ["--diff-fixes", "--diff", "a..b"],
      "yieldsign: --diff-fixes repairs the working tree, not b; use --diff a\n",
    ],
    [["--diff-fixes", "--format", "json"], "yieldsign: --diff-fixes prints a diff; it takes no --format\n"],
  ])("%j is refused in one line", (parameters, stderr) => {
    write("a.py", DEFECT);
    expect(run(...parameters)).toEqual({ status: 2, stdout: "", stderr });
    expect(read("a.py")).toBe(DEFECT);
  });
});

describe("repairs that reach into other files", () => {
  const ASYNC =
    "async def load():\n    return 1\n\n\ndef f():\n    await load()\n\n\nasync def main():\n    await f()\n    load()\n";

  test("what a repair means for another file is repaired there", () => {
    write("a.py", ASYNC);
    write("b.py", "from a import f\n\n\nasync def other():\n    f()\n");
    const { status, stdout } = run("--fix", "--unsafe");
    expect(read("a.py")).toBe(
      ASYNC.replace("def f", "async def f").replace("    load()", "    await load()"),
    );
    expect(read("b.py")).toBe("from a import f\n\n\nasync def other():\n    await f()\n");
    expect([status, stdout]).toEqual([
      0,
      "All checks passed: 2 files without async mistakes.\nRepaired 2 of 2 mistakes in 2 files.\n",
    ]);
  });

  test("where it cannot be, the repair is left out, and the others of its file are not", () => {
    const caller = "from a import f\n\n\ndef other():\n    f()\n";
    write("a.py", ASYNC);
    write("b.py", caller);
    const { status, stdout } = run("--fix", "--unsafe", "--format", "concise");
    expect(read("a.py")).toBe(ASYNC.replace("\n    load()", "\n    await load()"));
    expect(read("b.py")).toBe(caller);
    expect(status).toBe(1);
    expect(stdout.split("\n").slice(-3)).toEqual([
      "Repaired 1 of 2 mistakes in 1 file.",
      "Left out, as it would lead to other mistakes: 1 repair.",
      "",
    ]);
  });
});

describe("what surrounds the repairs stays", () => {
  const BOM = "\ufeff";
  const mixed =
    "# é\r\nasync def save(x):\n    return '𝄞'\r\n\n\nasync def main():\n    save(1)  # ü\r\n    save(2)";

  test.each([
    ["a byte order mark and CRLF", BOM + DEFECT.replaceAll("\n", "\r\n")],
    ["mixed line ends, no line end at the end, characters beyond ASCII", mixed],
    ["a byte order mark and a declaration", `${BOM}# -*- coding: utf-8-sig -*-\n${DEFECT}`],
    ["a declaration of ASCII", `# coding: ascii\n${DEFECT}`],
    ["form feeds, tabs and spaces at the ends of lines", `\f${DEFECT.replaceAll("    ", "\t")}  \t\n\f\n`],
    ["a byte order mark as a character further on", `${DEFECT}    print("${BOM}", "\u2028", "\x85")\n`],
  ])("%s", (_, text) => {
    write("a.py", text);
    expect(run("--fix").status).toBe(0);
    expect(read("a.py")).toBe(text.replace(/(?<!def )save\(/g, "await save("));
  });

  test.each(["latin-1", "cp1252", "iso-8859-15", "utf-16"])("a file in %s, which is not read", (encoding) => {
    const bytes = Buffer.from(`# -*- coding: ${encoding} -*-\n# \xe9\n${DEFECT}`, "latin1");
    write("a.py", bytes);
    write("b.py", DEFECT);
    expect(run("--fix").status).toBe(0);
    expect(readFileSync(join(folder, "a.py"))).toEqual(bytes);
    expect(read("b.py")).toBe(CLEAN);
  });

  test("text that the declared encoding cannot hold is not written", () => {
    const text = `# coding: ascii\n# é\n${DEFECT}`;
    write("a.py", text);
    const { status, stderr } = run("--fix");
    expect([status, stderr]).toEqual([
      2,
      "yieldsign: a.py was not repaired: its encoding has no bytes for the repaired text\n",
    ]);
    expect(read("a.py")).toBe(text);
  });

  test("the mode of a file, and nothing is left beside it", () => {
    write("a.py", DEFECT);
    chmodSync(join(folder, "a.py"), 0o751);
    expect(run("--fix").status).toBe(0);
    expect(lstatSync(join(folder, "a.py")).mode & 0o7777).toBe(0o751);
    expect(readdirSync(folder)).toEqual(["a.py"]);
  });
});

describe("files that cannot be written", () => {
  test("a read-only file is named, the others are repaired", () => {
    for (const path of ["a.py", "b.py", "c.py"]) write(path, DEFECT);
    chmodSync(join(folder, "b.py"), 0o444);
    const { status, stdout, stderr } = run("--fix", "--format", "concise");
    expect([status, stderr]).toEqual([2, "yieldsign: b.py was not repaired: it is read-only\n"]);
    expect(stdout).toMatch(
      /^b\.py:6:5: YS106 .*\nFound 1 error .*\nRepaired 2 of 3 mistakes in 2 files\.\n$/,
    );
    expect(["a.py", "b.py", "c.py"].map(read)).toEqual([CLEAN, DEFECT, CLEAN]);
    expect(run("--diff-fixes").stdout).toMatch(/^--- a\/b\.py\n/);
  });

  test("a folder that a link leads to, out of the project", () => {
    const outside = mkdtempSync(join(tmpdir(), "yieldsign-outside-"));
    try {
      write("sub/a.py", DEFECT);
      write("b.py", DEFECT);
      commitAll();
      renameSync(join(folder, "sub"), join(outside, "sub"));
      symlinkSync(join(outside, "sub"), join(folder, "sub"));
      const { status, stderr } = run("--fix");
      expect([status, stderr]).toEqual([
        2,
        "yieldsign: sub/a.py was not repaired: a link leads to it, out of the project\n",
      ]);
      expect(readFileSync(join(outside, "sub/a.py"), "utf8")).toBe(DEFECT);
      expect(read("b.py")).toBe(CLEAN);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });
});

describe("check --diff-fixes", () => {
  const names = ["a.py", "with space.py", "sub folder/ünï.py", 'quo"te.py', "back\\slash.py", "[x]*.py"];
  const texts = [
    DEFECT,
    `\ufeff${DEFECT.replaceAll("\n", "\r\n")}`,
    DEFECT.trimEnd(),
    `${SAVE}\n\nasync def main():\n    save(1)\r\n${"    print()\n".repeat(20)}    save(2)\r`,
    LIST,
    `${"# one\r# two\n".repeat(10)}${DEFECT}`,
  ];

  test("prints what git apply makes the same files of as --fix", () => {
    for (const [index, name] of names.entries()) write(name, texts[index] ?? "");
    write("clean.py", CLEAN);
    commitAll();
    const { status, stdout, stderr } = run("--diff-fixes", "--unsafe");
    expect([status, stderr]).toEqual([1, "Would repair 7 of 7 mistakes in 6 files.\n"]);
    expect(git("status", "--porcelain")).toBe("");
    expect(run("--fix", "--unsafe").status).toBe(0);
    const repaired = names.map(read);
    expect(repaired.every((text, index) => text !== texts[index])).toBe(true);
    git("checkout", "--quiet", ".");
    writeFileSync(join(folder, "fixes.patch"), stdout);
    git("apply", "--whitespace=nowarn", "fixes.patch");
    expect(names.map(read)).toEqual(repaired);
  });

  test.runIf(spawnSync("patch", ["--version"]).status === 0)("prints what patch -p1 takes", () => {
    for (const [index, name] of names.slice(0, 4).entries()) write(name, texts[index] ?? "");
    const { stdout } = run("--diff-fixes", "--unsafe");
    execFileSync("patch", ["-p1", "--binary", "--quiet"], { cwd: folder, input: stdout });
    const patched = names.slice(0, 4).map(read);
    for (const [index, name] of names.slice(0, 4).entries()) write(name, texts[index] ?? "");
    run("--fix", "--unsafe");
    expect(names.slice(0, 4).map(read)).toEqual(patched);
    expect(patched).not.toEqual(texts.slice(0, 4));
  });

  test("exits 0 without a word when nothing is wrong, 1 with an empty diff when nothing can be repaired", () => {
    write("a.py", CLEAN);
    expect(run("--diff-fixes")).toEqual({ status: 0, stdout: "", stderr: "" });
    write("a.py", `${SAVE}\n\ndef main():\n    save(1)\n`);
    expect(run("--diff-fixes")).toEqual({ status: 1, stdout: "", stderr: "Nothing was repaired.\n" });
  });

  test("paths start at the current folder, where git apply takes them from", () => {
    write("pyproject.toml", "");
    write("app/a.py", DEFECT);
    commitAll();
    const { stdout } = runIn("app", "--diff-fixes");
    expect(stdout.startsWith("--- a/a.py\n+++ b/a.py\n@@ ")).toBe(true);
    execFileSync("git", ["apply"], { cwd: join(folder, "app"), input: stdout });
    expect(read("app/a.py")).toBe(CLEAN);
  });
});

describe("check --fix --diff", () => {
  const OLD = `${SAVE}\n\nasync def old():\n    save(1)\n    save(2)\n    save(2)\n`;

  test("repairs only what the change introduced", () => {
    write("a.py", OLD);
    write("untouched.py", DEFECT);
    commitAll();
    write(
      "a.py",
      `import os\n\n${OLD}    save(2)\n    save(3)\n\n\nasync def new():\n    save(1)\n    with a:\n        save(1)\n`,
    );
    write("new.py", DEFECT);
    git("add", "new.py");
    expect(run("--fix", "--diff", "main")).toEqual({
      status: 0,
      stdout: "All checks passed: 2 files without async mistakes.\nRepaired 5 of 5 mistakes in 2 files.\n",
      stderr: "",
    });
    expect(read("a.py")).toBe(
      `import os\n\n${OLD}    await save(2)\n    await save(3)\n\n\nasync def new():\n    await save(1)\n    with a:\n        await save(1)\n`,
    );
    expect([read("new.py"), read("untouched.py")]).toEqual([CLEAN, DEFECT]);
    expect(run("--fix", "--diff", "main", "--all-lines").status).toBe(0);
    expect(read("a.py")).not.toMatch(/ {4}save/);
    expect(read("untouched.py")).toBe(DEFECT);
  });
});

test("with a baseline, what it knows is neither repaired nor reported", () => {
  write("a.py", DEFECT);
  expect(spawnSync(process.execPath, [CLI, "baseline", "write"], { cwd: folder }).status).toBe(0);
  write("a.py", `${DEFECT}    save(1)\n    save(2)\n`);
  const { status, stdout } = run("--fix", "--baseline", ".yieldsign-baseline.json");
  expect(read("a.py")).toBe(`${DEFECT}    await save(1)\n    await save(2)\n`);
  expect([status, stdout]).toEqual([
    0,
    "All checks passed: 1 file without async mistakes.\nRepaired 2 of 2 mistakes in 1 file.\n",
  ]);
});
