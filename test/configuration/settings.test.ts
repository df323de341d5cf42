import { describe, expect, test } from "vitest";
import { applySettings } from "../../src/configuration/apply-settings.ts";
import { combineLayers } from "../../src/configuration/combine-layers.ts";
import { createSettings } from "../../src/configuration/create-settings.ts";
import { describeSettings, type SettingRow, settingRows } from "../../src/configuration/describe-settings.ts";
import type { ReadLayer } from "../../src/configuration/layer.ts";
import { expandBraces, pathPattern } from "../../src/configuration/path-pattern.ts";
import { readToml } from "../../src/configuration/read-toml.ts";
import { readYaml } from "../../src/configuration/read-yaml.ts";

const PULL = { isDraft: false, baseBranch: "main", labels: [], author: { login: "octocat", isBot: false } };

test.each([
  ["tests", "tests/a.py", true],
  ["tests", "src/tests/a.py", true],
  ["/tests", "src/tests/a.py", false],
  ["tests/", "tests", false],
  ["tests/", "x/tests/a.py", true],
  ["src/*.py", "src/a.py", true],
  ["src/*.py", "src/x/a.py", false],
  ["src/**", "src/x/a.py", true],
  ["src/*", "src/x/a.py", true],
  ["**/migrations/*.py", "a/b/migrations/x.py", true],
  ["*_pb2.py", "x/a_pb2.py", true],
  ["./src/a.py", "src/a.py", true],
  ["*.{py,ipynb}", "x/a.ipynb", true],
  ["{a,b}/{c,d}.py", "b/c.py", true],
  ["[ab].py", "c.py", false],
  ["a.py", "ba.py", false],
])("%s for %s: %s", (glob, path, fits) => expect(pathPattern(glob)(path)).toBe(fits));

test("patterns that are meant to take for ever do not", () => {
  expect(pathPattern(`${"*a".repeat(149)}b`)("a".repeat(4_000))).toBe(false);
  expect(pathPattern(`${"**/".repeat(99)}b`)(`${"a/".repeat(2_000)}c`)).toBe(false);
  expect(expandBraces("{a,b}".repeat(60)).length).toBeLessThanOrEqual(64);
  expect(pathPattern("{a,b}".repeat(60))("c")).toBe(false);
});

test.each([
  [{}, { isDraft: true }, "drafts"],
  [{ drafts: true }, { isDraft: true }, null],
  [{ branches: ["release/*"] }, {}, "branches"],
  [{ branches: ["release/*", "{main,next}"] }, {}, null],
  [{ branches: ["release/**"] }, { baseBranch: "release/1/x" }, null],
  [{ labels: { skip: ["No-Yieldsign"] } }, { labels: ["no-yieldsign"] }, "labels.skip"],
  [{ labels: { only: ["async"] } }, {}, "labels.only"],
  [{ labels: { only: ["async"] } }, { labels: ["Async"] }, null],
  [{ authors: { skip: ["OctoCat"] } }, {}, "authors.skip"],
  [{ authors: { skip: ["bots"] } }, {}, null],
  [{ authors: { skip: ["bots"] } }, { author: { login: "dependabot", isBot: true } }, "authors.skip"],
  [{ authors: { skip: ["*[bot]"] } }, { author: { login: "renovate[bot]", isBot: true } }, "authors.skip"],
  [
    { authors: { skip: ["dependabot[bot]"] } },
    { author: { login: "dependabot", isBot: true } },
    "authors.skip",
  ],
  [{ authors: { skip: ["bots"] } }, { author: null }, null],
])("%j and %j: %s", (values, pull, key) => {
  const reason = createSettings(values).reviews({ ...PULL, ...pull });
  if (key === null) expect(reason).toBeNull();
  else expect(reason).toContain(`(\`${key}\`)`);
});

test("rules, paths and severities", () => {
  const settings = createSettings({
    select: ["YS1", "YS301"],
    ignore: ["YS116"],
    "per-path-ignores": { "tests/**": ["YS3"], "*.pyi": ["ALL"] },
    severity: { ALL: "info", YS3: "warning", "blocking-sleep": "error" },
    include: ["src", "tests"],
    exclude: ["generated"],
  });
  expect(settings.codesFor("a.py").has("YS301")).toBe(true);
  expect(settings.codesFor("a.py").has("YS116")).toBe(false);
  expect(settings.codesFor("tests/a.py").has("YS301")).toBe(false);
  expect(settings.codesFor("a.pyi").size).toBe(0);
  expect(settings.rules).toEqual(expect.arrayContaining(["YS116", "YS304"]));
  expect(["YS301", "YS302", "YS101"].map(settings.severityOf)).toEqual(["error", "warning", "info"]);
  const paths = ["src/a.py", "b.py", "src/generated/a.py"];
  expect(paths.map(settings.isIncluded)).toEqual([true, false, false]);
});

test("a note by itself stays a note, an unused suppression goes with its rules", () => {
  const settings = createSettings({ select: ["YS3"], severity: { YS3: "error" } });
  const diagnostics = [
    { code: "YS301", severity: "info" },
    { code: "YS302", severity: "warning" },
    { code: "YS101", severity: "error" },
    { code: "YS001", severity: "warning", silences: ["YS101"] },
    { code: "YS001", severity: "warning", silences: ["YS101", "YS301"] },
  ] as const;
  const [report] = applySettings([{ path: "a.py", diagnostics }], settings);
  expect(report?.diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    "YS301 info",
    "YS302 error",
    "YS001 warning",
  ]);
});

const problemOf = (read: ReadLayer): string => {
  const problems = read.ok ? combineLayers(read.layer === null ? [] : [read.layer]).problems : [read.problem];
  return problems.map(({ line, column, key, message }) => `${line}:${column} ${key}: ${message}`).join("\n");
};

describe("hostile and broken files", () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x]\n${["b: &b [*a]", "c: &c [*b]"]
    .map((line) => line.replace(/\*\w/, (alias) => Array(8).fill(alias).join(",")))
    .join("\n")}\nselect: [*c,*c,*c,*c,*c,*c,*c,*c]\n`;
  test.each([
    ["aliases that repeat each other", bomb, "1:1 : it is not valid YAML: Excessive alias count"],
    ["brackets within brackets", "[".repeat(90_000), "1:1 : it is nested too deeply"],
    ["lists within lists", "- ".repeat(45_000), "1:1 : it is nested too deeply"],
    ["a long file", "#".repeat(100_001), "1:1 : it is longer than 100000 characters"],
    ["equal keys", "sarif: true\nsarif: false\n", "2:1 : a key stands there twice"],
    ["a tab", "labels:\n\tonly: [a]\n", "2:1 : it is not valid YAML: Tabs are not allowed as indentation"],
    ["two documents", "sarif: true\n---\nsarif: 1\n", "2:1 : it is not valid YAML: Source contains multiple"],
    ["a byte order mark", "\uFEFFdrafts: 1\n", "1:1 drafts: it must be `true` or `false`"],
    ["__proto__", "__proto__:\n  drafts: true\n", "1:1 __proto__: there is no key `__proto__`"],
    ["code in a word", 'drafts: true\n? "a`\\n@me"\n: 1\n', '2:3 "a`\\n@me": there is no key `a??@me`'],
    [
      "many keys",
      Array.from({ length: 9_000 }, (_, at) => `k${at}: 1`).join("\n"),
      "1:1 k0: there is no key",
    ],
  ])("%s in YAML", (_, text, start) => {
    expect(problemOf(readYaml("f", text)).slice(0, start.length)).toBe(start);
  });

  test.each([
    [
      "a table in a string",
      "x = '''\n[tool.yieldsign]\n'''\n[tool.yieldsign]\ndrafts = 1\n",
      "5:1 tool.yieldsign.drafts",
    ],
    [
      "dotted keys",
      "tool.yieldsign.labels.skp = []\n",
      "1:1 tool.yieldsign.labels.skp: there is no key `skp`",
    ],
    ["inline tables", "[tool]\nyieldsign = { sarif = true, drafts = 3 }\n", "2:29 tool.yieldsign.drafts"],
    [
      "lists of tables",
      "[[tool.yieldsign.blocking-calls]]\nname = 'a.b'\n[[tool.yieldsign.blocking-calls]]\nname = 'a.c'\ngroup = 'x'\n",
      "5:1 tool.yieldsign.blocking-calls[1].group",
    ],
    [
      "lists over several lines",
      "[tool.yieldsign.per-path-ignores]\n'a\"b' = [ # ]\n  'YS1',\n  'nix',\n]\n",
      '4:3 tool.yieldsign.per-path-ignores."a\\"b"[1]: there is no rule `nix`',
    ],
    ["equal keys", "[tool.yieldsign]\nsarif = true\nsarif = true\n", "3:"],
    ["__proto__", "[tool.yieldsign]\n__proto__ = 1\n", "2:1 tool.yieldsign.__proto__: there is no key"],
    ["no table", "[tool]\nyieldsign = 1\n", "2:1 tool.yieldsign: the settings must be a table of keys"],
  ])("%s in TOML", (_, text, start) => {
    expect(problemOf(readToml("f", text)).slice(0, start.length)).toBe(start);
  });

  test("a TOML file that is broken elsewhere is other tools' concern", () => {
    expect(readToml("f", "[project\nname = 'yieldsign'\n")).toEqual({ ok: true, layer: null });
  });
});

test("the settings in force are told with their origins", () => {
  const read = readYaml("y.yml", "# first\nsarif: true\nignore: [YS3]\n");
  const layers = read.ok && read.layer !== null ? [read.layer] : [];
  const rows = describeSettings(combineLayers(layers, { ignore: ["YS1"] }).settings).split("\n");
  expect(rows).toContain('ignore            ["YS1"]  (--ignore)');
  expect(rows).toContain("sarif             true  (y.yml:2)");
  expect(rows).toContain("max-comments      10  (default)");
});

test("without a configuration every key has its default", () => {
  const rows: readonly SettingRow[] = settingRows(createSettings());
  expect(rows.every(({ origin }) => origin === "default")).toBe(true);
  expect(rows.find(({ key }) => key === "max-comments")?.value).toBe(`${createSettings().maxComments}`);
});

test("one mistake sets the whole configuration aside", () => {
  const read = readYaml("y.yml", "sarif: true\ndraft: true\nmax-comments: 99\n");
  const { settings, problems } = combineLayers(read.ok && read.layer !== null ? [read.layer] : []);
  expect(problems.map(({ key, nearest }) => [key, nearest])).toEqual([
    ["draft", "drafts"],
    ["max-comments", null],
  ]);
  expect([settings.sarif, settings.origins.size]).toEqual([false, 0]);
});
