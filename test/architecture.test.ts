import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SOURCE = fileURLToPath(new URL("../src/", import.meta.url));

/** Rooms in the order in which data flows; a room may import itself and those it lists. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  python: [],
  project: ["python"],
  facts: ["project"],
  rules: ["project", "python"],
  configuration: ["rules", "project"],
  fixes: ["rules", "project", "python"],
  analysis: ["facts", "fixes", "rules", "project", "python"],
  diff: [],
  review: ["diff", "fixes", "configuration", "rules", "project", "python"],
  github: ["review"],
  jobs: ["github"],
  report: ["fixes", "rules", "python"],
  "version.ts": [],
  app: [
    "jobs",
    "github",
    "report",
    "review",
    "diff",
    "fixes",
    "rules",
    "analysis",
    "configuration",
    "version.ts",
  ],
  cli: ["report", "review", "diff", "fixes", "analysis", "configuration", "rules", "version.ts"],
  "server.ts": ["app"],
  "cli.ts": ["cli"],
};

const PURE = ["python", "project", "rules", "configuration", "fixes", "diff", "review", "report"];
// The parser finds its grammar's file by `createRequire`; hashes and bytes depend on their input alone.
const HARMLESS = ["node:buffer", "node:crypto", "node:module"];

function sources(): { path: string; room: string; imports: string[]; text: string }[] {
  const paths = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  return paths.map((path) => {
    const text = readFileSync(SOURCE + path, "utf8");
    const imports = [...text.matchAll(/(?:from|import) "([^"]+)"/g)].map((match) => match[1] ?? "");
    return { path, room: path.split("/")[0] ?? "", imports, text };
  });
}

test("imports only point back along the way of the data", () => {
  const wrong: string[] = [];
  for (const { path, room, imports } of sources()) {
    const allowed = MAY_IMPORT[room];
    if (allowed === undefined) wrong.push(`${path}: the room is not in the list`);
    for (const one of imports.filter((name) => name.startsWith("."))) {
      const target = new URL(one, `file:///${path}`).pathname.slice(1).split("/")[0] ?? "";
      if (target !== room && !allowed?.includes(target)) wrong.push(`${path} imports ${one}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("pure rooms know no clock, network, environment or file system", () => {
  const wrong: string[] = [];
  for (const { path, room, imports, text } of sources()) {
    if (!PURE.includes(room)) continue;
    for (const one of imports)
      if (one.startsWith("node:") && !HARMLESS.includes(one)) wrong.push(`${path} imports ${one}`);
    const used =
      /\b(process\.|Date\.now|new Date|performance\.|fetch\(|setTimeout|Math\.random|console\.)/.exec(
        text.replace(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, ""),
      );
    if (used !== null) wrong.push(`${path} uses ${used[1]}`);
  }
  expect(wrong).toEqual([]);
});

test("files fit on a few screens", () => {
  const long = sources().filter(({ text }) => text.split("\n").length > 350);
  expect(long.map(({ path }) => path)).toEqual([]);
});
