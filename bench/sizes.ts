import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { assembleTree, bytesOf } from "./assemble-tree.ts";
import { measureCommand } from "./measure-command.ts";
import { plot, type Series } from "./plot.ts";
import { type Measured, toolTable } from "./table.ts";
import { tools } from "./tools.ts";

// How cost grows with the size of the repository and of the change. Prints the tables of docs/performance.md.
const USAGE = `Usage: npm run bench:sizes -- [options] CHECKOUT…

  --files N,N,…    Python files of the assembled trees (default: 1000,5000,10000)
  --changed N,N,…  Changed files of a review (default: 1,5,20,100)
  --without TEXT   Leave out tools whose name contains TEXT
  --plots FOLDER   Write the plots there
`;
const { values: options, positionals } = parseArgs({
  options: {
    files: { type: "string", default: "1000,5000,10000" },
    changed: { type: "string", default: "1,5,20,100" },
    without: { type: "string" },
    plots: { type: "string" },
    help: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
if (options.help || positionals.length === 0) {
  process.stdout.write(USAGE);
  process.exit(options.help ? 0 : 2);
}
const numbers = (list: string): number[] => list.split(",").map(Number);
const say = (text: string): void => void process.stdout.write(text);

interface ChangeCost {
  readonly cold: number;
  readonly warm: number;
  readonly read: number;
}

const wanted = tools().filter(({ name }) => options.without === undefined || !name.includes(options.without));
const bySize = new Map<number, Measured>();
const changeCosts: { readonly files: number; readonly changed: number; readonly cost: ChangeCost }[] = [];
for (const files of numbers(options.files)) {
  const folder = mkdtempSync(join(tmpdir(), "yieldsign-bench-"));
  try {
    assembleTree(
      positionals.map((source) => resolve(source)),
      folder,
      files,
    );
    const measured = wanted.map(({ name, measure }) => [name, measure(folder)] as const);
    bySize.set(files, measured);
    const size = (bytesOf(folder) / 1_000_000).toFixed(1);
    say(`\n${files.toLocaleString("en-US")} files, ${size} MB\n\n${toolTable(measured)}`);
    for (const changed of numbers(options.changed)) {
      const script = fileURLToPath(new URL("time-changes.ts", import.meta.url));
      const { output } = measureCommand(process.execPath, [
        "--import",
        "tsx",
        script,
        folder,
        String(changed),
      ]);
      changeCosts.push({ files, changed, cost: JSON.parse(output) as ChangeCost });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

say("\n| files | changed | files read | CPU s cold | CPU s warm |\n| ---: | ---: | ---: | ---: | ---: |\n");
for (const { files, changed, cost } of changeCosts)
  say(`| ${files} | ${changed} | ${cost.read} | ${cost.cold.toFixed(2)} | ${cost.warm.toFixed(2)} |\n`);

if (options.plots !== undefined) {
  writeFileSync(join(options.plots, "performance-size.svg"), sizePlot());
  writeFileSync(join(options.plots, "performance-changes.svg"), changePlot());
}

function sizePlot(): string {
  const series = wanted.map(
    ({ name }): Series => ({
      name,
      points: [...bySize].flatMap(([files, measured]) => {
        const one = measured.find(([tool]) => tool === name)?.[1];
        return one === undefined || one.failure !== null ? [] : [[files, one.wall] as const];
      }),
    }),
  );
  const ticks = numbers(options.files);
  return plot(series, { label: "Python files", ticks }, { label: "wall seconds", ticks: decades(series) });
}

function changePlot(): string {
  const series = numbers(options.files).flatMap((files) =>
    (["cold", "warm"] as const).map(
      (way): Series => ({
        name: `${files.toLocaleString("en-US")} files, ${way}`,
        points: changeCosts
          .filter((one) => one.files === files)
          .map(({ changed, cost }) => [changed, Math.max(cost[way], 0.001)] as const),
      }),
    ),
  );
  const ticks = numbers(options.changed);
  return plot(series, { label: "changed files", ticks }, { label: "CPU seconds", ticks: decades(series) });
}

/** Powers of ten around all values. */
function decades(series: readonly Series[]): number[] {
  const values = series.flatMap(({ points }) => points.map(([, y]) => y));
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  return Array.from({ length: Math.max(2, high - low + 1) }, (_, index) => Number(`1e${low + index}`));
}
