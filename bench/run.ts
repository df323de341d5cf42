import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { median, timeCommand } from "./time-command.ts";
import { timeReview } from "./time-review.ts";

// Usage: npm run bench -- [FOLDER]. Everything is measured in one run on one machine; only ratios mean something.
const RUNS = 3;
const folder =
  process.argv[2] ?? ["/usr/lib/python3/dist-packages", "fixtures"].find((path) => existsSync(path)) ?? ".";
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".py"),
);
const bytes = sources.reduce((sum, path) => sum + statSync(`${folder}/${path}`).size, 0);
process.stdout.write(`${sources.length} Python files, ${(bytes / 1_000_000).toFixed(1)} MB in ${folder}\n\n`);

const node = process.execPath;
const yieldsign = timeCommand(
  node,
  [here("../dist/cli.js"), "check", folder, "--root", folder, "--format", "concise"],
  RUNS,
);
const ruff = timeCommand(node, ["--import", "tsx", here("check-with-ruff.ts"), folder], RUNS);
const pyright = timeCommand(
  node,
  [createRequire(import.meta.url).resolve("pyright/index.js"), "--threads", "1", folder],
  1,
);

const own = median(yieldsign.times);
for (const [name, { times, output }] of Object.entries({
  yieldsign,
  "ruff (wasm, async rules)": ruff,
  pyright,
})) {
  const time = median(times);
  process.stdout.write(
    `${name.padEnd(26)} ${(time / 1000).toFixed(2).padStart(8)} s   yieldsign / it = ${(own / time).toFixed(2)}   ${output}\n`,
  );
}

process.stdout.write("\nFrom the webhook to the completed review, on the stand-in:\n");
for (const [changed, others] of [
  [1, 100],
  [20, 1_000],
] as const) {
  const { milliseconds, requests } = await timeReview(changed, others, RUNS);
  process.stdout.write(
    `${String(changed).padStart(3)} changed of ${changed + others} files: ${(milliseconds / 1000).toFixed(2)} s, ${requests} API requests\n`,
  );
}
