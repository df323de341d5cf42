import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CommandFolder, openCommandFolder } from "./command.ts";

const HEAD = "async def save(x):\n    return x\n\n\nasync def main():\n";
const DEFECT = `${HEAD}    save(1)\n`;
const FILE = ".yieldsign-baseline.json";

let folder: CommandFolder;
beforeEach(() => {
  folder = openCommandFolder();
});
afterEach(() => folder.remove());

function read(): string {
  return readFileSync(join(folder.path, FILE), "utf8");
}

describe("baseline write", () => {
  test("records findings sorted, and the same for the same code", () => {
    folder.write("b.py", `${DEFECT}    save(1)\n    save(2)\n`);
    folder.write("a.py", DEFECT);
    expect(folder.run("baseline", "write")).toEqual({
      status: 0,
      stdout: `Wrote ${FILE}: 4 findings in 2 files.\n`,
      stderr: "",
    });
    const first = read();
    const { version, entries } = JSON.parse(first);
    expect(version).toBe(1);
    expect(entries.map(({ path, count }: { path: string; count: number }) => [path, count]).sort()).toEqual([
      ["a.py", 1],
      ["b.py", 1],
      ["b.py", 2],
    ]);
    folder.write("a.py", `# moved\n\n${DEFECT}`);
    folder.run("baseline", "write");
    expect(read()).toBe(first);
    expect(readdirSync(folder.path).sort()).toEqual([FILE, "a.py", "b.py"]);
  });

  test("leaves alone what it does not look at", () => {
    folder.write("a/a.py", DEFECT);
    folder.write("b/b.py", DEFECT);
    folder.run("baseline", "write", "--root", ".");
    const first = read();
    folder.write("a/a.py", HEAD.concat("    await save(1)\n"));
    folder.write("b/b.py", `${HEAD}    await save(1)\n`);
    folder.run("baseline", "write", "a", "--root", ".");
    expect(read()).not.toContain("a/a.py");
    expect(read()).toContain("b/b.py");
    folder.write("a/a.py", DEFECT);
    folder.write("b/b.py", "class (:\n");
    folder.run("baseline", "write", "--root", ".");
    expect(read()).toBe(first);
    folder.run("baseline", "write", "--root", ".", "--ignore", "YS106");
    expect(read()).toBe(first);
    rmSync(join(folder.path, "b"), { recursive: true });
    folder.run("baseline", "write");
    expect(read()).not.toContain("b/b.py");
  });

  test("takes names of files as they are", () => {
    folder.write("__proto__.py", DEFECT);
    folder.write("constructor/ä b.py", DEFECT);
    folder.run("baseline", "write");
    expect(folder.run("baseline", "check")).toMatchObject({
      status: 0,
      stdout: "Nothing new, 2 in the baseline.\n",
    });
  });

  test("says why it cannot write", () => {
    folder.write("a.py", DEFECT);
    const { status, stdout, stderr } = folder.run("baseline", "write", "--baseline", "no/folder.json");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^yieldsign: the baseline .*no\/folder\.json cannot be written: /);
  });
});

describe("baseline check", () => {
  beforeEach(() => {
    folder.write("a.py", DEFECT);
    folder.run("baseline", "write");
  });

  test("finds nothing new where lines only moved", () => {
    folder.write("a.py", `# one\n# two\n${DEFECT}`);
    expect(folder.run("baseline", "check")).toEqual({
      status: 0,
      stdout: "Nothing new, 1 in the baseline.\n",
      stderr: "",
    });
  });

  test("shows what is new, also one more of the same, and exits with 1", () => {
    folder.write("a.py", `${DEFECT}    save(1)\n`);
    expect(folder.run("baseline", "check")).toEqual({
      status: 1,
      stdout:
        "a.py:7:5: YS106 missing-await: `save(1)` is a coroutine that nobody awaits.\n1 finding new, 1 in the baseline.\n",
      stderr: "",
    });
  });

  test("shows what is fixed, and exits with 0", () => {
    folder.write("a.py", `${HEAD}    await save(1)\n`);
    const fixed =
      "Nothing new, 0 in the baseline.\nFixed, but still in the baseline:\n" +
      "  a.py: YS106 missing-await\nRun `yieldsign baseline write` to drop them.\n";
    expect(folder.run("baseline", "check")).toEqual({ status: 0, stdout: fixed, stderr: "" });
    rmSync(join(folder.path, "a.py"));
    expect(folder.run("baseline", "check").stdout).toBe(fixed);
    expect(folder.run("baseline", "check", "--select", "YS101").stdout).toBe(
      "Nothing new, 0 in the baseline.\n",
    );
  });

  test("does not call fixed what it could not check", () => {
    folder.write("a.py", "class (:\n");
    const { status, stdout, stderr } = folder.run("baseline", "check");
    expect([status, stdout]).toEqual([0, "Nothing new, 0 in the baseline.\n"]);
    expect(stderr).toMatch(/^a\.py: syntax error in line 1/);
  });

  test("follows a renamed file, but not a copied one", () => {
    folder.write("b.py", DEFECT);
    expect(folder.run("baseline", "check").status).toBe(1);
    rmSync(join(folder.path, "b.py"));
    renameSync(join(folder.path, "a.py"), join(folder.path, "b.py"));
    expect(folder.run("baseline", "check")).toMatchObject({
      status: 0,
      stdout: "Nothing new, 1 in the baseline.\n",
    });
  });

  test.each([
    ["{", "it is not valid JSON"],
    ["[]", "it has no version"],
    ['{"version": 2, "entries": []}', "it has version 2, which only a newer Yieldsign can read"],
    ['{"version": 0, "entries": []}', "there is no version 0"],
    ['{"version": 1}', "it has no list of entries"],
    ['{"version": 1, "entries": [{"path": "a.py"}]}', "its entry 1 is not one"],
  ])("refuses %j", (text, reason) => {
    folder.write(FILE, text);
    const refusal = `yieldsign: the baseline ${join(folder.path, FILE)} cannot be used: ${reason}\n`;
    for (const command of [
      ["baseline", "check"],
      ["baseline", "write"],
      ["check", "--baseline", FILE],
    ])
      expect(folder.run(...command)).toEqual({ status: 2, stdout: "", stderr: refusal });
    expect(read()).toBe(text);
  });

  test("says what is missing", () => {
    rmSync(join(folder.path, FILE));
    expect(folder.run("baseline", "check")).toMatchObject({ status: 2, stdout: "" });
    expect(folder.run("baseline", "check").stderr).toMatch(
      /^yieldsign: there is no baseline .*write makes it\n$/,
    );
    mkdirSync(join(folder.path, FILE));
    expect(folder.run("baseline", "check").stderr).toMatch(/^yieldsign: the baseline .* cannot be read: /);
    expect(folder.run("baseline").stderr).toMatch(/^yieldsign: baseline needs write or check/);
    expect(folder.run("baseline", "wriet").stderr).toMatch(/did you mean write\?\n$/);
    expect(folder.run("baseline", "--help")).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("check --baseline", () => {
  test("reports what is not in it, in any format, and is not used without being named", () => {
    folder.write("a.py", DEFECT);
    folder.run("baseline", "write", "--baseline", "known.json");
    folder.run("baseline", "write");
    expect(folder.run("check").status).toBe(1);
    expect(folder.run("check", "--baseline", "known.json")).toMatchObject({ status: 0 });
    folder.write("b.py", DEFECT.replace("main", "other"));
    const { status, stdout } = folder.run("check", "--baseline", FILE, "--format", "json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([{ path: "b.py", code: "YS106" }]);
  });
});
