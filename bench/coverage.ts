import { writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createProjectOpener } from "../src/analysis/open-project.ts";
import { openWorkingTree } from "../src/cli/working-tree.ts";
import { collectSites } from "./sites/collect-sites.ts";
import type { Site } from "./sites/site.ts";
import { groupBy, sample, tally, tallyHeading, tallyRow } from "./sites/tally.ts";

// Working code is its own oracle: what it awaits is awaitable, what it iterates over with `async for` or enters
// with `async with` can be. Counts how much of that the engine knows.
const USAGE = `Usage: npm run coverage -- [options] DIR…

  --misses N       List N unresolved sites, drawn at random
  --seed N         Another draw (default: 1)
  --non-test       Leave the tests out of the tables and lists
  --shape TEXT     List only misses whose shape contains TEXT
  --gap TEXT       List only misses that break at a step or subject containing TEXT
  --top N          Rows of the list of what evaluation breaks at (default: 40)
  --json FILE      Write all figures, contradictions and unresolved sites
`;

const { values: options, positionals } = parseArgs({
  options: {
    misses: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    "non-test": { type: "boolean", default: false },
    shape: { type: "string", default: "" },
    gap: { type: "string", default: "" },
    top: { type: "string", default: "40" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
if (options.help || positionals.length === 0) {
  process.stdout.write(USAGE);
  process.exit(options.help ? 0 : 2);
}

interface Repository {
  readonly name: string;
  readonly sites: readonly Site[];
}

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
const say = (text: string): void => void process.stdout.write(text);
const opener = await createProjectOpener();
const repositories: Repository[] = [];
say(tallyHeading("repository"));
for (const folder of positionals) {
  const root = resolve(folder);
  const tree = openWorkingTree(root, []);
  // Only the sites outlive the repository's project.
  const repository = { name: basename(root), sites: collectSites(opener.open(tree), tree) };
  repositories.push(repository);
  say(tallyRow(repository.name, tally(repository.sites)));
  say(tallyRow("  outside tests", tally(outsideTests(repository.sites))));
}
const everything = repositories.flatMap(({ sites }) => sites);
if (repositories.length > 1) {
  say(tallyRow("all", tally(everything)));
  say(tallyRow("  outside tests", tally(outsideTests(everything))));
}

const sites = options["non-test"] ? outsideTests(everything) : everything;
table("by consumption", sites, ({ consumption }) => [consumption]);
table("by shape of the callee", sites, ({ shape }) => [shape]);
const resolved = sites.filter(({ verdict }) => verdict === "resolved");
table("by doubt (resolved sites)", resolved, ({ doubts }) => (doubts.length === 0 ? ["none"] : doubts));

const unresolved = sites.filter(({ verdict }) => verdict === "unresolved");
histogram("unresolved by shape of the callee", unresolved, ({ shape }) => [shape], 60);
histogram("unresolved by the step that breaks", unresolved, ({ gap }) => [gap?.step ?? ""], 60);
histogram(
  "unresolved by what it breaks at",
  unresolved,
  ({ gap }) => [`${gap?.step}: ${gap?.subject}`],
  Number(options.top),
);

for (const { name, sites: own } of repositories) {
  const wrong = own.filter(({ verdict }) => verdict === "contradicted");
  if (wrong.length > 0) say(`\ncontradicted in ${name}\n`);
  for (const { path, line, consumption, text, kind, certainty, doubts } of wrong) {
    say(
      `  ${path}:${line}: ${consumption} ${text}\n      is ${kind}, ${[certainty, ...doubts].join(", ")}\n`,
    );
  }
}

const listed = repositories.flatMap(({ name, sites: own }) =>
  (options["non-test"] ? outsideTests(own) : own)
    .filter(({ verdict, shape }) => verdict === "unresolved" && shape.includes(options.shape))
    .filter(({ gap }) => `${gap?.step}: ${gap?.subject}`.includes(options.gap))
    .map((site) => ({ name, site })),
);
const misses = sample(listed, Number(options.misses), Number(options.seed));
if (misses.length > 0) say(`\n${misses.length} of ${listed.length} unresolved sites\n`);
for (const { name, site } of misses) {
  say(`  ${name}/${site.path}:${site.line}: ${site.consumption} ${site.text}\n`);
  say(`      ${site.shape}; breaks at ${site.gap?.step}: ${site.gap?.subject}\n`);
}

if (options.json !== undefined) {
  const figures = repositories.map(({ name, sites: own }) => ({
    name,
    all: tally(own),
    outsideTests: tally(outsideTests(own)),
    open: own.filter(({ verdict }) => verdict !== "resolved"),
  }));
  writeFileSync(options.json, `${JSON.stringify(figures, null, 1)}\n`);
}

function outsideTests(all: readonly Site[]): Site[] {
  return all.filter(({ isTest }) => !isTest);
}

function table(title: string, all: readonly Site[], keysOf: (site: Site) => readonly string[]): void {
  say(`\n${tallyHeading(title)}`);
  for (const [key, group] of groupBy(all, keysOf)) say(tallyRow(key, tally(group)));
}

function histogram(
  title: string,
  all: readonly Site[],
  keysOf: (site: Site) => readonly string[],
  rows: number,
): void {
  say(`\n${title} (${all.length})\n`);
  for (const [key, group] of groupBy(all, keysOf).slice(0, rows))
    say(`${String(group.length).padStart(7)}  ${key}\n`);
}
