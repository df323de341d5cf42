import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { firstGap } from "../src/analysis/first-gap.ts";
import { createProjectOpener } from "../src/analysis/open-project.ts";
import { openWorkingTree } from "../src/cli/working-tree.ts";
import { kindOf } from "../src/project/kind-of.ts";
import { classOf, unitOf } from "../src/project/project.ts";
import { contains } from "../src/python/location.ts";
import { type InstrumentedCall, instrument } from "./pyright/instrument.ts";
import { compare, revealedClass, revealedKind } from "./pyright/revealed-kind.ts";
import { copyTree, runPyright } from "./pyright/run-pyright.ts";
import { groupBy } from "./sites/tally.ts";

// The second oracle. Every call of a copy of the repository is wrapped in `reveal_type(…)`; pyright's type of it is
// compared with what the engine knows. Usage: npm run oracle -- DIR…
const ASYNC_KINDS = new Set([
  "coroutine",
  "awaitable",
  "async-generator",
  "async-iterable",
  "async-context-manager",
]);

// Names that pyright prints for objects whose class the engine calls by its own name (`bool`, `str`, `reversed`, …).
const ABSTRACT_NAMES = new Set(["TypeIs", "TypeGuard", "Literal", "Iterator"]);

if (process.argv.length < 3) {
  process.stdout.write("Usage: npm run oracle -- DIR…\n");
  process.exit(2);
}
const opener = await createProjectOpener();
for (const folder of process.argv.slice(2)) judge(resolve(folder));

interface Row {
  readonly place: string;
  readonly text: string;
  readonly type: string;
  readonly pyright: string;
  readonly engine: string;
  readonly certainty: string;
  readonly agreement: "agree" | "disagree" | "open";
  /** What the engine breaks at where only pyright knows something. */
  readonly gap: string | null;
  /** Names of the classes both say the call is an instance of, where both name one. */
  readonly classes: readonly [string, string] | null;
}

function judge(root: string): void {
  const tree = openWorkingTree(root, []);
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "yieldsign-oracle-")));
  try {
    const calls = new Map<string, readonly InstrumentedCall[]>();
    copyTree(tree, copy, (path, bytes) => {
      const text = Buffer.from(bytes)
        .toString("utf8")
        .replace(/^\uFEFF/, "");
      const parsed = opener.parser.parse(text);
      if (parsed.errors.length > 0) return text;
      const instrumented = instrument(parsed);
      calls.set(path, instrumented.calls);
      return instrumented.text;
    });
    print(basename(root), collect(root, calls, runPyright(copy)));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function collect(
  root: string,
  calls: ReadonlyMap<string, readonly InstrumentedCall[]>,
  revealed: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Row[] {
  const tree = openWorkingTree(root, []);
  const project = opener.open(tree);
  for (const path of tree.paths) unitOf(project, path);
  const rows: Row[] = [];
  for (const [path, ofFile] of calls) {
    const unit = unitOf(project, path);
    if (unit === null) continue;
    for (const { call, position } of ofFile) {
      const type = revealed.get(path)?.get(position);
      if (unit.facts.brokenRegions.some((region) => contains(region, call))) continue;
      const place = { file: path, scope: call.scope, block: call.block, at: call.start };
      const value = project.evaluate(call.expression, place);
      const { kind, certainty } = kindOf(project, value);
      const pyright = type === undefined ? "not judged" : revealedKind(type);
      const isMissed = kind === "unknown" && ASYNC_KINDS.has(pyright);
      const gap = isMissed ? firstGap(project, call.expression, place) : null;
      const own = value.kind === "instance" ? classOf(project, value.reference)?.name : undefined;
      const other = type === undefined || pyright === "unknown" ? null : revealedClass(type);
      rows.push({
        place: `${path}:${unit.locate(call).line}`,
        text: unit.text.slice(call.start, call.end).replace(/\s+/g, " ").slice(0, 100),
        type: (type ?? "").replace(/\s+/g, " ").slice(0, 140),
        pyright,
        engine: kind,
        certainty,
        gap: gap === null ? null : `${gap.step}: ${gap.subject}`,
        agreement: type === undefined ? "open" : compare(revealedKind(type), kind),
        classes: own === undefined || other === null ? null : [own, other],
      });
    }
  }
  return rows;
}

function print(name: string, rows: readonly Row[]): void {
  const say = (text: string): void => void process.stdout.write(text);
  const judged = rows.filter(({ pyright }) => pyright !== "not judged");
  say(`\n${name}: ${rows.length} calls, ${judged.length} judged by pyright\n`);
  const engineKinds = [...new Set(judged.map(({ engine }) => engine))].sort();
  const pyrightKinds = [...new Set(judged.map(({ pyright }) => pyright))].sort();
  say(
    `${"pyright \\ engine".padEnd(24)}${engineKinds.map((kind) => kind.slice(0, 20).padStart(22)).join("")}\n`,
  );
  for (const kind of pyrightKinds) {
    const cells = engineKinds.map((engine) =>
      String(judged.filter((row) => row.pyright === kind && row.engine === engine).length).padStart(22),
    );
    say(`${kind.padEnd(24)}${cells.join("")}\n`);
  }
  const definite = judged.filter(({ agreement }) => agreement !== "open");
  const wrong = definite.filter(({ agreement }) => agreement === "disagree");
  say(
    `both definite: ${definite.length}; agree: ${definite.length - wrong.length}; disagree: ${wrong.length}\n`,
  );
  for (const { place, text, type, engine, certainty } of wrong)
    say(`  ${place}: ${text}\n      pyright ${type}; engine ${engine}, ${certainty}\n`);
  const missed = judged.filter(({ gap }) => gap !== null);
  say(`asynchronous for pyright, unknown here: ${missed.length}\n`);
  for (const [gap, group] of groupBy(missed, (row) => [row.gap ?? ""]).slice(0, 25))
    say(`${String(group.length).padStart(7)}  ${gap} (${group[0]?.place})\n`);
  const named = judged.filter(({ classes }) => classes !== null);
  const other = named.filter(
    ({ classes }) =>
      classes?.[0].toLowerCase() !== classes?.[1].toLowerCase() && !ABSTRACT_NAMES.has(classes?.[1] ?? ""),
  );
  say(`instances with a class on both sides: ${named.length}; another class: ${other.length}\n`);
  for (const { place, text, classes } of other)
    say(`  ${place}: ${text}: pyright ${classes?.[1]}, engine ${classes?.[0]}\n`);
}
