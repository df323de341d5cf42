import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { combineLayers } from "../../src/configuration/combine-layers.ts";
import { readYaml } from "../../src/configuration/read-yaml.ts";
import { jsonSchema, SETTING_KEYS } from "../../src/configuration/schema.ts";

const schema = JSON.parse(readFileSync(new URL("../../schema.json", import.meta.url), "utf8")) as {
  properties: Record<string, { description?: string }>;
};
const validate = new Ajv({ strict: false }).compile(schema);

test("schema.json is up to date (npm run docs)", () => expect(schema).toEqual(jsonSchema()));

test("every key has a description of its own", () => {
  const texts = SETTING_KEYS.map((key) => schema.properties[key]?.description ?? "");
  expect(texts.every((text) => text.endsWith("."))).toBe(true);
  expect(new Set(texts).size).toBe(SETTING_KEYS.length);
});

const ACCEPTED: Readonly<Record<string, unknown>>[] = [
  {},
  { $schema: "https://example.com", _extends: "acme/base:team/x.yml" },
  { select: ["ALL", "YS", "YS1", "YS301", "missing-await"], ignore: [] },
  { "per-path-ignores": { "tests/**": ["YS3"], "*.{py,pyi}": [] } },
  { include: ["src"], exclude: ["build/", "/x"] },
  { severity: { YS3: "info", "missing-await": "error", ALL: "warning" } },
  { "fail-on": "warning", "max-comments": 0, drafts: true, sarif: false },
  { branches: ["main", "release/*"], labels: { only: ["a"], skip: [] }, authors: { skip: ["bots"] } },
  {
    "blocking-calls": [
      "a.b",
      "!requests",
      "path-metadata",
      { name: "x.y().*", group: "http", replacement: "z" },
    ],
  },
];

const REFUSED: unknown[] = [
  [],
  "text",
  { unknown: 1 },
  { _extends: "../x" },
  { select: "YS1" },
  { select: ["ys1"] },
  { ignore: ["missing-awiat"] },
  { ignore: [null] },
  { "per-path-ignores": { "!x": ["YS1"] } },
  { "per-path-ignores": { x: "YS1" } },
  { include: [""] },
  { exclude: ["a".repeat(301)] },
  { severity: { YS3: "off" } },
  { severity: { YS9999: "error" } },
  { "fail-on": "always" },
  { "max-comments": 31 },
  { "max-comments": 1.5 },
  { "max-comments": -1 },
  { drafts: "yes" },
  { labels: { skp: [] } },
  { labels: ["a"] },
  { authors: { skip: [1] } },
  { "blocking-calls": ["nothing"] },
  { "blocking-calls": [{ group: "io" }] },
  { "blocking-calls": [{ name: "a.b", group: "disk" }] },
  { "blocking-calls": [{ name: "ab" }] },
  { select: Array.from({ length: 501 }, () => "YS1") },
];

/** What Yieldsign itself says of the same document. */
function problemsOf(document: unknown): number {
  const read = readYaml("yieldsign.yml", stringify(document));
  if (!read.ok) return 1;
  return combineLayers(read.layer === null ? [] : [read.layer]).problems.length;
}

test.each(ACCEPTED)("accepted by both: %j", (document) => {
  expect([problemsOf(document), validate(document)]).toEqual([0, true]);
});

test.each(REFUSED.map((document) => [document]))("refused by both: %j", (document) => {
  expect(problemsOf(document)).toBeGreaterThan(0);
  expect(validate(document)).toBe(false);
});
