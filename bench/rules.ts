import { resolve } from "node:path";
import { createAnalyser } from "../src/analysis/create-analyser.ts";
import { openWorkingTree } from "../src/cli/working-tree.ts";
import { RULES } from "../src/rules/index.ts";
import { DEFAULT_RULES } from "../src/rules/run-rules.ts";

// What rules cost: CPU of checking folders with the heart's rules, with those that are on by default, with all, and
// with the heart's rules and one other at a time. Only ratios mean something.
// Usage: npm run bench:rules -- FOLDER…
const HEART = [101, 102, 103, 104, 105, 106, 109, 110, 111, 112, 113, 114, 115, 116, 119].map(
  (n) => `YS${n}`,
);
const RUNS = 3;
const GROUP_SIZE = 250;

const folders = process.argv.slice(2).map((folder) => resolve(folder));
if (folders.length === 0) {
  process.stdout.write("Usage: npm run bench:rules -- CHECKOUT…\n");
  process.exit(2);
}
const sets: readonly (readonly [string, readonly string[]])[] = [
  ["the heart's rules", HEART],
  ["rules that are on by default", [...DEFAULT_RULES]],
  ["all rules", RULES.map(({ code }) => code)],
];
const others = RULES.filter(({ code }) => !HEART.includes(code));

/** Seconds of CPU that one check takes, starting without any memory of the files. */
async function cost(folder: string, rules: readonly string[]): Promise<number> {
  const tree = openWorkingTree(folder, []);
  const paths = tree.paths.filter((path) => path.endsWith(".py"));
  const analyser = await createAnalyser();
  const before = process.cpuUsage();
  for (let at = 0; at < paths.length; at += GROUP_SIZE)
    analyser.check(tree, paths.slice(at, at + GROUP_SIZE), { rules });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

/** The least of several runs that take turns, summed over the folders. */
async function measure(all: readonly (readonly string[])[], runs: number): Promise<number[]> {
  const sums = all.map(() => 0);
  for (const folder of folders) {
    await cost(folder, HEART);
    const least = all.map(() => Number.POSITIVE_INFINITY);
    for (let run = 0; run < runs; run++)
      for (const [index, rules] of all.entries())
        least[index] = Math.min(least[index] ?? Number.POSITIVE_INFINITY, await cost(folder, rules));
    for (const [index, seconds] of least.entries()) sums[index] = (sums[index] ?? 0) + seconds;
  }
  return sums;
}

const table = (rows: readonly (readonly [string, number])[], own: number): string =>
  rows
    .map(([name, seconds]) => `| ${name} | ${seconds.toFixed(2)} | ${(seconds / own).toFixed(2)} |\n`)
    .join("");

const sums = await measure(
  sets.map(([, rules]) => rules),
  RUNS,
);
const heart = sums[0] ?? 1;
process.stdout.write("| | CPU s | the heart's rules = 1 |\n| --- | ---: | ---: |\n");
process.stdout.write(
  table(
    sets.map(([name], index) => [name, sums[index] ?? 0] as const),
    heart,
  ),
);
const single = await measure([HEART, ...others.map(({ code }) => [...HEART, code])], 1);
process.stdout.write(
  table(
    others.map(({ code, name }, index) => [`with ${code} ${name}`, single[index + 1] ?? 0] as const),
    single[0] ?? 1,
  ),
);
