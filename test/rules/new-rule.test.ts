import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCommand } from "../../scripts/new-rule/read-command.ts";
import { registerRule } from "../../scripts/new-rule/register-rule.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const COPIED = ["src", "scripts", "docs", "fixtures", "test/rules", "test/fixes/repair-texts.ts"];
const FILES = ["package.json", "tsconfig.json", "vitest.config.ts", "biome.json"];

describe("a command is refused", () => {
  const known = { names: ["missing-await", "rule", "cross-file"], codes: ["YS106"] };
  test.each([
    [[], "usage: npm run new-rule NAME"],
    [["new-rule"], "usage: npm run new-rule NAME"],
    [["--code", "YS999"], "usage: npm run new-rule NAME"],
    [["one-rule", "two-rule", "--code", "YS999"], "usage: npm run new-rule NAME"],
    [["NewRule", "--code", "YS999"], "NewRule is no name for a rule"],
    [["new_rule", "--code", "YS999"], "new_rule is no name for a rule"],
    [["await", "--code", "YS999"], "await is no name for a rule"],
    [["new--rule", "--code", "YS999"], "new--rule is no name for a rule"],
    [["../new-rule", "--code", "YS999"], "../new-rule is no name for a rule"],
    [["missing-await", "--code", "YS999"], "missing-await exists already"],
    [["cross-file", "--code", "YS999"], "cross-file exists already"],
    [["new-rule", "--code", "YS106"], "YS106 is another rule's code"],
    [["new-rule", "--code", "XY1"], "XY1 is no code for a rule"],
    [["new-rule", "--kode", "YS999"], "Unknown option '--kode'"],
  ])("%j", (parameters, message) => {
    expect(() => readCommand(parameters, known)).toThrow(message);
  });
});

test("a rule is imported by its path and listed by its code", () => {
  const codes = new Map([
    ["alpha-rule", "YS103"],
    ["gamma-rule", "YS101"],
  ]);
  const index = `import { alphaRule } from "./alpha-rule.ts";
import { gammaRule } from "./gamma-rule.ts";
import type { Rule } from "./rule.ts";

/** Every rule. */
export const RULES: readonly Rule[] = [
  gammaRule,
  alphaRule,
];
`;
  const register = (name: string, code: string): string =>
    registerRule(index, { name, code }, (known) => codes.get(known) ?? "");
  const beta = register("beta-rule", "YS102");
  expect(beta).toContain(`alpha-rule.ts";\nimport { betaRule } from "./beta-rule.ts";\nimport { gammaRule`);
  expect(beta).toContain("[\n  gammaRule,\n  betaRule,\n  alphaRule,\n];");
  expect(register("a-rule", "YS100")).toMatch(/^import \{ aRule \}[\s\S]*\[\n {2}aRule,\n {2}gammaRule,/);
  expect(register("z-rule", "YS900")).toMatch(
    /rule\.ts";\nimport \{ zRule \}[\s\S]*alphaRule,\n {2}zRule,\n\];/,
  );
  expect(() => registerRule("export {};\n", { name: "z-rule", code: "YS900" }, () => "")).toThrow(
    "no list of rules",
  );
});

describe("npm run new-rule", { timeout: 180_000 }, () => {
  const root = mkdtempSync(join(tmpdir(), "yieldsign-new-rule-"));
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const run = (...parameters: string[]) =>
    spawnSync(process.execPath, ["node_modules/tsx/dist/cli.mjs", "scripts/new-rule.ts", ...parameters], {
      cwd: root,
      encoding: "utf8",
    });

  beforeAll(() => {
    for (const path of [...COPIED, ...FILES])
      cpSync(join(REPOSITORY, path), join(root, path), { recursive: true });
    symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("makes implementation, page and fixtures, registers the rule, and says what is next", () => {
    const { stdout, stderr, status } = run("task-without-name", "--code", "YS999");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("npm run docs");
    expect(stdout).toContain("a row for YS999 in docs/coming-from.md");
    expect(read("src/rules/task-without-name.ts")).toContain("export const taskWithoutName: Rule = {");
    expect(read("src/rules/index.ts")).toMatch(/,\n {2}taskWithoutName,\n\];/);
    expect(read("docs/rules/task-without-name.md")).toMatch(/^# task-without-name \(YS999\)\n/);
    for (const path of ["defective.py", "defective.fixed.py", "correct.py"])
      expect(read(`fixtures/rules/task-without-name/${path}`)).toContain("TODO");
  });

  test("makes no rule twice, and touches nothing when it refuses", () => {
    const before = read("src/rules/index.ts");
    const again = run("task-without-name", "--code", "YS998");
    expect([again.status, again.stderr]).toEqual([2, "new-rule: task-without-name exists already\n"]);
    const sameCode = run("task-without-group", "--code", "YS999");
    expect([sameCode.status, sameCode.stderr]).toEqual([2, "new-rule: YS999 is another rule's code\n"]);
    expect(read("src/rules/index.ts")).toBe(before);
  });

  test("makes a rule that type-checks and is formatted", () => {
    const { include: _, ...settings } = JSON.parse(read("tsconfig.json"));
    writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ ...settings, include: ["src/rules"] }));
    execFileSync(join(REPOSITORY, "node_modules/.bin/tsc"), ["-p", "tsconfig.json"], { cwd: root });
    const made = ["src/rules/task-without-name.ts", "src/rules/index.ts"];
    execFileSync(join(REPOSITORY, "node_modules/.bin/biome"), ["check", ...made], { cwd: root });
  });

  test("makes tests that fail, and say what is to be written", () => {
    const vitest = join(REPOSITORY, "node_modules/vitest/vitest.mjs");
    const files = ["pages", "fixtures", "coming-from"].map((name) => `test/rules/${name}.test.ts`);
    const names = "task-without-name|the index is made";
    const { stdout, stderr, status } = spawnSync(process.execPath, [vitest, "run", "-t", names, ...files], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, CI: "true", NO_COLOR: "1" },
    });
    expect(status).toBe(1);
    const output = stdout + stderr;
    for (const message of [
      "the summary in src/rules/task-without-name.ts is to be written",
      "nothing of the template is left",
      "reports each wrong example once, and only as this rule",
      "reports what the comments say, with the grade they say",
      "this part of the page is generated: `npm run docs`",
      "prints what is stored",
      "docs/coming-from.md does not mention YS999",
    ])
      expect(output).toContain(message);
  });
});
