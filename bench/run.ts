import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { openWorkingTree } from "../src/cli/working-tree.ts";
import { toolTable } from "./table.ts";
import { timeReview } from "./time-review.ts";
import { tools } from "./tools.ts";

// Usage: npm run bench -- [FOLDER…]. Everything is measured in one run on one machine; only ratios mean something.
const RUNS = 3;
const usual = ["/usr/lib/python3/dist-packages", "fixtures"].filter((path) => existsSync(path)).slice(0, 1);
for (const folder of process.argv.length > 2 ? process.argv.slice(2) : usual) {
  const tree = openWorkingTree(resolve(folder), []);
  const bytes = tree.paths.reduce((sum, path) => sum + (tree.read(path)?.bytes.length ?? 0), 0);
  const measured = tools().map(({ name, measure }) => [name, measure(folder)] as const);
  process.stdout.write(
    `\n${tree.paths.length} Python files, ${(bytes / 1_000_000).toFixed(1)} MB in ${folder}\n\n${toolTable(measured)}`,
  );
}

process.stdout.write("\nFrom the webhook to the completed review, on the stand-in:\n");
for (const [changed, others] of [
  [1, 100],
  [20, 1_000],
] as const) {
  const { first, later, requests } = await timeReview(changed, others, RUNS + 1);
  process.stdout.write(
    `${String(changed).padStart(3)} changed of ${changed + others} files: ${(first / 1000).toFixed(2)} s for a new server, then ${(later / 1000).toFixed(2)} s; ${requests} API requests\n`,
  );
}
