import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type Measurement, measureCommand } from "./measure-command.ts";

/** One program that is measured on a folder of Python files. */
interface Tool {
  readonly name: string;
  measure(folder: string): Measurement;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const node = process.execPath;
/** Ruff's rules that look for the same kind of mistakes, each file by itself. */
const RUFF_RULES = "ASYNC,RUF006,F704,PLE1142";

/** Longest time for pyright, in seconds. */
const PYRIGHT_LIMIT = 360;

/** Yieldsign with one thread (what others are compared with) and with two, and its peers as far as installed. */
export function tools(): Tool[] {
  const cli = here("../dist/cli.js");
  const yieldsign = (folder: string, threads: string): Measurement =>
    measureCommand(node, [
      cli,
      "check",
      folder,
      "--root",
      folder,
      "--format",
      "concise",
      "--threads",
      threads,
    ]);
  const all: Tool[] = [
    { name: "yieldsign --threads 1", measure: (folder) => yieldsign(folder, "1") },
    { name: "yieldsign --threads 2", measure: (folder) => yieldsign(folder, "2") },
    {
      name: "ruff (wasm)",
      measure: (folder) => measureCommand(node, ["--import", "tsx", here("check-with-ruff.ts"), folder]),
    },
  ];
  if (spawnSync("ruff", ["--version"]).status === 0) {
    const ruff = ["check", "--isolated", "--no-cache", "--select", RUFF_RULES, "--quiet", "--statistics"];
    all.push({ name: "ruff (native)", measure: (folder) => measureCommand("ruff", [...ruff, folder]) });
  }
  const pyright = createRequire(import.meta.url).resolve("pyright/index.js");
  all.push({
    name: "pyright --threads 1",
    measure: (folder) =>
      measureCommand(node, ["--max-old-space-size=8192", pyright, "--threads", "1", folder], PYRIGHT_LIMIT),
  });
  return all;
}
