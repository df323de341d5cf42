import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { REQUIREMENTS } from "./check-text.ts";

/** A fixture: a small repository, and what is expected in each of its files. */
export interface Fixture {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  /** The text after all repairs, where it is stored beside the file. */
  readonly fixed: ReadonlyMap<string, string>;
  /** The file with what is printed about it, if anything is: `defective.txt`, in a folder `output.txt`. */
  readonly output: string;
}

const FIXTURES = fileURLToPath(new URL("../../fixtures/rules/", import.meta.url));

/**
 * Every fixture: each file of a rule's folder, each folder in it, and the whole of `cross-file`. A folder may have a
 * `requirements.txt`.
 */
export function readFixtures(): Fixture[] {
  return readdirSync(FIXTURES).flatMap((folder) => {
    if (folder === "cross-file") return [readRepository(folder)];
    return readdirSync(FIXTURES + folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.isDirectory()) return [readRepository(`${folder}/${entry.name}`)];
      return isSource(entry.name) ? [readFile(folder, entry.name)] : [];
    });
  });
}

/** Correct code has no comments that expect a finding. */
export function isCorrect({ files }: Pick<Fixture, "files">): boolean {
  return [...files.values()].every((text) => expectations(text).length === 0);
}

function readFile(folder: string, path: string): Fixture {
  return { ...readSources(folder, [path]), name: `${folder}/${path}`, output: outputFile(folder, path) };
}

function readRepository(name: string): Fixture {
  const paths = filesIn(name)
    .filter((path) => isSource(path) || path === REQUIREMENTS)
    .sort();
  return { ...readSources(name, paths), name, output: outputFile(name, "output.py") };
}

function outputFile(folder: string, path: string): string {
  return `${FIXTURES}${folder}/${path.replace(/\.py$/, ".txt")}`;
}

function readSources(folder: string, paths: readonly string[]): Pick<Fixture, "files" | "fixed"> {
  const read = (path: string): string => readFileSync(`${FIXTURES}${folder}/${path}`, "utf8");
  const fixedOf = (path: string): string => path.replace(/\.py$/, ".fixed.py");
  const repaired = paths.filter((path) => existsSync(`${FIXTURES}${folder}/${fixedOf(path)}`));
  return {
    files: new Map(paths.map((path) => [path, read(path)])),
    fixed: new Map(repaired.map((path) => [path, read(fixedOf(path))])),
  };
}

function isSource(path: string): boolean {
  return path.endsWith(".py") && !path.endsWith(".fixed.py");
}

/** Every stored output, by its path. */
export function readOutputs(): string[] {
  return readdirSync(FIXTURES).flatMap((folder) =>
    filesIn(folder)
      .filter((path) => path.endsWith(".txt") && basename(path) !== REQUIREMENTS)
      .map((path) => `${FIXTURES}${folder}/${path}`),
  );
}

function filesIn(folder: string): string[] {
  return readdirSync(FIXTURES + folder, { recursive: true, encoding: "utf8" });
}

/** "7 YS101: B" for every comment `# YS101: B`; a line that is only such a comment speaks of the next line. */
export function expectations(text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const match = /^(.*)# ((?:YS\d+: (?:A|B|none)(?:; )?)+)$/.exec(line);
    if (match === null) return [];
    const number = match[1]?.trim() === "" ? index + 2 : index + 1;
    return (match[2] ?? "").split("; ").map((one) => `${number} ${one}`);
  });
}
