import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { run } from "../../src/cli/run.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const MISTAKE = "import asyncio\n\n\nasync def run():\n    asyncio.sleep(1)\n";

/** A git repository with these files, all committed. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "yieldsign-settings-"));
  folders.push(folder);
  write(folder, files);
  const git = (...parameters: string[]) => execFileSync("git", parameters, { cwd: folder, stdio: "ignore" });
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "First");
  return folder;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** "path code severity" of every finding. */
async function findings(folder: string, ...options: string[]): Promise<string[]> {
  const { output, errors } = await run(["check", "--format", "json", ...options], folder);
  expect(errors.includes("yieldsign.yml:")).toBe(false);
  const { findings: found } = JSON.parse(output) as {
    findings: { path: string; code: string; severity: string }[];
  };
  return found.map(({ path, code, severity }) => `${path} ${code} ${severity}`);
}

const SETTINGS = `exclude: ["*_gen.py", vendor/]
per-path-ignores:
  "scripts/**": [missing-await]
severity:
  missing-await: info
  YS1: warning
`;
const FILES = {
  ".github/yieldsign.yml": SETTINGS,
  ".gitattributes": "made/** linguist-generated\nmade/by_hand.py -linguist-generated\n",
  "made/.gitattributes": "",
  "made/a.py": MISTAKE,
  "made/by_hand.py": MISTAKE,
  "a_gen.py": MISTAKE,
  "vendor/a.py": MISTAKE,
  "scripts/a.py": MISTAKE,
  "src/a.py": MISTAKE,
};

test("a walk leaves out what is excluded, generated or switched off by path", async () => {
  const folder = repository(FILES);
  const found = await findings(folder);
  expect(found.map((one) => one.split(" ")[0])).toEqual(["made/by_hand.py", "src/a.py"]);
  expect(found[1]).toMatch(/ info$/);
  expect((await run(["check"], folder)).exitCode).toBe(0);
  expect(await findings(join(folder, "made"), "--root", folder, ".")).toHaveLength(1);
});

test("a file that is named is checked in any case, with the rules of its path", async () => {
  const folder = repository(FILES);
  expect(await findings(folder, "a_gen.py", "made/a.py", "scripts/a.py")).toHaveLength(2);
});

test("a change is narrowed alike", async () => {
  const folder = repository(FILES);
  write(
    folder,
    Object.fromEntries(
      Object.keys(FILES)
        .filter((path) => path.endsWith(".py"))
        .map((path) => [path, `${MISTAKE}    asyncio.sleep(2)\n`]),
    ),
  );
  const found = await findings(folder, "--diff", "HEAD");
  expect(found.map((one) => one.split(" ")[0])).toEqual(["made/by_hand.py", "src/a.py"]);
});

test("attributes of a repository around the project count", async () => {
  const folder = repository({ "app/pyproject.toml": "", "app/made/a.py": MISTAKE, "app/b.py": MISTAKE });
  write(folder, { ".gitattributes": "app/made/* linguist-vendored\n" });
  expect((await findings(join(folder, "app"))).map((one) => one.split(" ")[0])).toEqual(["b.py"]);
});

test("repairs keep to the files and rules that are left", async () => {
  const folder = repository(FILES);
  await run(["check", "--fix", "--notes"], folder);
  const changed = execFileSync("git", ["diff", "--name-only"], { cwd: folder, encoding: "utf8" });
  expect(changed).toBe("made/by_hand.py\nsrc/a.py\n");
});

test("a baseline keeps entries of files that are excluded later", async () => {
  const folder = repository({ "a.py": MISTAKE, "b.py": MISTAKE });
  await run(["baseline", "write"], folder);
  write(folder, { ".github/yieldsign.yml": "exclude: [b.py]\n" });
  const { output, exitCode } = await run(["baseline", "check"], folder);
  expect(output).toContain("Nothing new, 1 in the baseline.");
  expect(output).not.toContain("Fixed");
  expect(exitCode).toBe(0);
  await run(["baseline", "write"], folder);
  expect(readFileSync(join(folder, ".yieldsign-baseline.json"), "utf8")).toContain("b.py");
});

test("the page's examples are valid, and every key is in its table", async () => {
  const page = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
  const blocks = [...page.matchAll(/^```(toml|yaml)\n([\s\S]*?)^```$/gm)];
  expect(blocks.length).toBeGreaterThan(4);
  for (const [, language, text = ""] of blocks) {
    const path = language === "toml" ? "pyproject.toml" : ".github/yieldsign.yml";
    const { output, errors } = await run(["check", "--show-settings"], repository({ [path]: text }));
    expect(errors).toBe("");
    if (language !== "yaml") continue;
    for (const key of Object.keys(parse(text) as object).filter((one) => one !== "_extends"))
      expect(output).toMatch(new RegExp(`^${key} .*\\(\\.github/yieldsign\\.yml:\\d+\\)$`, "m"));
  }
  const { output } = await run(["check", "--show-settings"], repository({ "a.py": "" }));
  const keys = output
    .trim()
    .split("\n")
    .map((row) => row.split(" ")[0]);
  const documented = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, key]) => key);
  expect(documented).toEqual(expect.arrayContaining(keys));
});

test("the page's example of paths does what the page says", async () => {
  const page = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
  const example = /```toml\n([^`]*per-path-ignores[^`]*)```/.exec(page)?.[1] ?? "";
  const sleep = "import time\n\n\nasync def run():\n    time.sleep(1)\n";
  const folder = repository({
    "pyproject.toml": example,
    "a.py": sleep,
    "x/vendor/a.py": sleep,
    "x/a_gen.py": sleep,
    "tests/a.py": sleep,
    "scripts/a.py": sleep,
    "scripts/x/a.py": sleep,
  });
  expect((await findings(folder)).map((one) => one.split(" ")[0])).toEqual(["a.py", "scripts/x/a.py"]);
});
