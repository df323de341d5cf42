import { existsSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type BaselineEntry, formatBaseline, parseBaseline } from "../review/baseline.ts";
import { UsageError } from "./usage-error.ts";

const NAME = ".yieldsign-baseline.json";

/** Where the baseline lies: where the command line says, otherwise at the project's root. */
export function baselinePath(named: string | undefined, root: string, cwd: string): string {
  return named === undefined ? join(root, NAME) : resolve(cwd, named);
}

/** Reads a baseline; null when there is no file. @throws UsageError for a file that cannot be used. */
export function readBaseline(path: string): readonly BaselineEntry[] | null {
  if (!existsSync(path)) return null;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`the baseline ${path} cannot be read: ${(error as Error).message}`);
  }
  const read = parseBaseline(text);
  if (!read.ok) throw new UsageError(`the baseline ${path} cannot be used: ${read.reason}`);
  return read.entries;
}

/** The same, for a file that has to be there. @throws UsageError when it is not. */
export function needBaseline(path: string): readonly BaselineEntry[] {
  const entries = readBaseline(path);
  if (entries === null)
    throw new UsageError(`there is no baseline ${path}; yieldsign baseline write makes it`);
  return entries;
}

/** Writes a baseline whole or not at all: a process that ends half-way leaves the old one. */
export function writeBaseline(path: string, entries: readonly BaselineEntry[]): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const unfinished = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, formatBaseline(entries));
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new UsageError(`the baseline ${path} cannot be written: ${(error as Error).message}`);
  }
}
