import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { run } from "../../src/cli/run.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project with this configuration and this file. */
function project(configuration: string, source: string, yaml?: string): string {
  const folder = mkdtempSync(join(tmpdir(), "yieldsign-configuration-"));
  folders.push(folder);
  writeFileSync(join(folder, "pyproject.toml"), configuration);
  writeFileSync(join(folder, "module.py"), source);
  if (yaml !== undefined) {
    mkdirSync(join(folder, ".github"));
    writeFileSync(join(folder, ".github/yieldsign.yml"), yaml);
  }
  return folder;
}

/** "12 YS301" for every finding. */
async function findings(folder: string, ...options: string[]): Promise<string[]> {
  const { output } = await run(["check", "--format", "json", ...options], folder);
  const { findings: found } = JSON.parse(output) as { findings: { line: number; code: string }[] };
  return found.map(({ line, code }) => `${line} ${code}`);
}

const page = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    (match) => match[1] ?? "",
  );
const [rulesExample = "", , callsExample = ""] = blocks("toml");
const [python = ""] = blocks("python");
const [, , yamlExample = ""] = blocks("yaml");

test("the page's YAML says the same as its TOML", async () => {
  const expected = await findings(project(callsExample, python));
  expect(expected).toHaveLength(3);
  expect(await findings(project("", python, yamlExample))).toEqual(expected);
});

test("the file in .github counts where both exist", async () => {
  const source = "import time\n\n\nasync def f():\n    time.sleep(1)\n    await 1\n";
  const folder = project('[tool.yieldsign]\nselect = ["YS1"]\n', source, "select: [YS3]\n");
  expect(await findings(folder)).toEqual(["5 YS301"]);
  expect(await findings(folder, "--select", "YS116")).toEqual(["6 YS116"]);
  expect(await findings(project('[tool.yieldsign]\nselect = ["YS1"]\n', source, "# nothing\n"))).toEqual([
    "5 YS301",
    "6 YS116",
  ]);
});

test.each([
  ["select: YS1\n", "1:1: `select`: it must be a list, not a string"],
  ["selects: [YS1]\n", "1:1: `selects`: there is no key `selects`; did you mean `select`?"],
  [
    "# first\nselect:\n  - YS1\n  - missing-awiat\n",
    "4:5: `select[1]`: there is no rule `missing-awiat`; did you mean `missing-await`?",
  ],
  ["blocking-calls: [sleep, nothing]\n", "1:25: `blocking-calls[1]`: `nothing` is no group"],
  ["select: [\n", "2:1: it is not valid YAML"],
  ["- 1\n", "1:1: the settings must be a table of keys"],
])("%j is refused", async (yaml, message) => {
  const result = await run(["check"], project("", "", yaml));
  expect(result.errors).toContain(`.github/yieldsign.yml:${message}`);
  expect(result.exitCode).toBe(2);
});

test("all problems are told at once", async () => {
  const { errors } = await run(["check"], project("", "", "selct: []\ndrafts: 1\nsarif: true\n"));
  expect(errors).toContain("`selct`");
  expect(errors).toContain("`drafts`: it must be `true` or `false`, not a number");
  expect(errors.trim().split("\n")).toHaveLength(2);
});

test("the page's list of blocking calls does what the page says", async () => {
  const lines = python.split("\n");
  const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;
  expect(await findings(project(callsExample, python))).toEqual([
    `${lineOf("wait_for_lock()")} YS304`,
    `${lineOf("load(name)")} YS302`,
    `${lineOf("path.exists")} YS304`,
  ]);
});

test("without a configuration the table is as it is shipped", async () => {
  const found = await findings(project("", python));
  expect(found).toEqual([
    `${python.split("\n").findIndex((line) => line.includes("time.sleep(")) + 1} YS301`,
  ]);
});

const BOTH = "import time\n\n\nasync def run(path):\n    time.sleep(1)\n    open(path)\n    await 1\n";

test("the page's choice of rules holds, and the command line wins", async () => {
  const folder = project(rulesExample, BOTH);
  expect(await findings(folder)).toEqual(["5 YS301", "7 YS116"]);
  expect(await findings(folder, "--select", "YS304")).toEqual(["6 YS304"]);
  expect(await findings(folder, "--ignore", "YS301")).toEqual(["7 YS116"]);
});

test("a replacement and its group come from the configuration", async () => {
  const folder = project(callsExample, python);
  const { output } = await run(["check", "--format", "json", "--select", "YS302"], folder);
  expect(output).toContain("Use `erp.AsyncClient`, or run it in a thread");
});

test("threads of a check know the configuration too", async () => {
  const folder = project(callsExample, python);
  for (let index = 0; index < 260; index++) writeFileSync(join(folder, `other${index}.py`), "x = 1\n");
  writeFileSync(join(folder, "z.py"), "import legacy\n\n\nasync def run():\n    legacy.wait_for_lock()\n");
  const found = await findings(folder, "--threads", "2");
  expect(found).toContain("5 YS304");
  expect(found).not.toContain("13 YS301");
});

test.each([
  ['selct = ["YS1"]', "2:1: `tool.yieldsign.selct`: there is no key `selct`; did you mean `select`?"],
  ['select = "YS1"', "2:1: `tool.yieldsign.select`: it must be a list, not a string"],
  [
    'select = ["YS301", "blocking-slep"]',
    "2:20: `tool.yieldsign.select[1]`: there is no rule `blocking-slep`; did you mean `blocking-sleep`?",
  ],
  [
    'blocking-calls = ["path-metdata"]',
    "2:19: `tool.yieldsign.blocking-calls[0]`: `path-metdata` is no group and no name with its module (`package.function`); did you mean `path-metadata`?",
  ],
  [
    "blocking-calls = [1]",
    "2:19: `tool.yieldsign.blocking-calls[0]`: it must be a string or a table with a `name`, not a number",
  ],
  [
    'blocking-calls = [{ name = "a.b", grup = "io" }]',
    "2:35: `tool.yieldsign.blocking-calls[0].grup`: there is no key `grup`; did you mean `group`?",
  ],
  [
    'blocking-calls = [{ name = "a.b", group = "disk" }]',
    "2:35: `tool.yieldsign.blocking-calls[0].group`: `disk` is none of `sleep`, `http`",
  ],
  ["select = [\n", "4:1: it is not valid TOML"],
])("%s is refused with file, place, key and a suggestion", async (line, message) => {
  const { errors, exitCode } = await run(["check"], project(`[tool.yieldsign]\n${line}\n`, "x = 1\n"));
  expect(errors).toContain(`yieldsign: pyproject.toml:${message}`);
  expect(exitCode).toBe(2);
});

test("a file that is no TOML, and hostile keys, leave the defaults", async () => {
  expect(await findings(project("[tool.other\n", BOTH))).toEqual(["5 YS301", "6 YS304", "7 YS116"]);
  const hostile = '[tool.__proto__.yieldsign]\nselect = ["YS1"]\n';
  expect(await findings(project(hostile, BOTH))).toEqual(["5 YS301", "6 YS304", "7 YS116"]);
});
