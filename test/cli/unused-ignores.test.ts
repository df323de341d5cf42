import { afterEach, beforeEach, expect, test } from "vitest";
import { type CommandFolder, openCommandFolder } from "./command.ts";

const HEAD = "async def save(x):\n    return x\n\n\nasync def main():\n";
const UNUSED = `${HEAD}    await save(1)  # noqa: YS106\n`;
const LINE =
  "a.py:6:28: YS001 unused-ignore: `YS106` silences nothing: there is no such finding on its line.\n";

let folder: CommandFolder;
beforeEach(() => {
  folder = openCommandFolder();
});
afterEach(() => folder.remove());

function check(...parameters: string[]) {
  return folder.run("check", "--warn-unused-ignores", "--format", "concise", ...parameters);
}

test("unused suppressions are warnings when they are asked for", () => {
  folder.write("a.py", UNUSED);
  expect(folder.run("check")).toMatchObject({ status: 0 });
  expect(check()).toEqual({
    status: 1,
    stdout: `${LINE}Found 1 warning in 1 file (1 with a repair).\n`,
    stderr: "",
  });
});

test("rules that are switched off are not missed", () => {
  folder.write("a.py", UNUSED);
  expect(check("--ignore", "YS106").status).toBe(0);
  expect(check("--select", "YS101").status).toBe(0);
  expect(check("--select", "missing-await").status).toBe(1);
  folder.write("a.py", `${HEAD}    await save(1)  # yieldsign: ignore[no-such-rule]\n`);
  expect(check("--select", "YS101").stdout).toContain("There is no rule `no-such-rule`");
});

test("every format and every thread shows them", () => {
  folder.write("a.py", UNUSED);
  for (let index = 0; index < 251; index++) folder.write(`many/m${index}.py`, "x = 1\n");
  expect(check("--threads", "2").stdout).toContain(LINE);
  const run = (format: string) =>
    folder.run("check", "a.py", "--warn-unused-ignores", "--format", format).stdout;
  expect(JSON.parse(run("json")).findings).toMatchObject([
    { code: "YS001", rule: "unused-ignore", severity: "warning", line: 6, column: 28, fix: { grade: "A" } },
  ]);
  const [{ results, tool }] = JSON.parse(run("sarif")).runs;
  expect(results).toMatchObject([{ ruleId: "YS001", level: "warning" }]);
  expect(tool.driver.rules[results[0].ruleIndex].id).toBe("YS001");
  expect(run("github")).toMatch(/^::warning file=a\.py,line=6,.*title=YS001 unused-ignore::/);
  expect(run("full")).toContain("-    await save(1)  # noqa: YS106\n    +    await save(1)\n");
  expect(folder.run("check", "a.py", "--warn-unused-ignores", "--stats").stderr).toBe(
    "    1  YS001  unused-ignore\n",
  );
});

test("with --diff only those of the change are told", () => {
  folder.git("init", "--quiet", "--initial-branch=main");
  folder.write("a.py", UNUSED);
  folder.git("add", "-A");
  folder.git("commit", "-qm", "one");
  folder.write("a.py", `${UNUSED}    await save(2)  # noqa: YS101\n`);
  expect(check("--diff", "main").stdout).toMatch(/^a\.py:7:28: YS001 .*\nFound 1 warning/);
});

test("the page is shown by explain, and the list of rules is as it was", () => {
  expect(folder.run("explain", "YS001").stdout).toMatch(/^# unused-ignore \(YS001\)\n/);
  expect(folder.run("explain", "unused-ignore").status).toBe(0);
  expect(folder.run("explain").stdout).not.toContain("YS001");
  expect(folder.run("check", "--select", "YS001")).toMatchObject({ status: 2 });
});
