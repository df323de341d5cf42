import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A fixture: a small repository, and what is expected in each of its files. */
export interface Fixture {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  /** The text after all repairs, where it is stored beside the file. */
  readonly fixed: ReadonlyMap<string, string>;
}

const FIXTURES = fileURLToPath(new URL("../../fixtures/rules/", import.meta.url));

/** Every fixture: each file of a rule's folder stands alone; `cross-file` is one repository. */
export function readFixtures(): Fixture[] {
  return readdirSync(FIXTURES).flatMap((folder) => {
    const paths = readdirSync(FIXTURES + folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".py"),
    );
    const read = (path: string): string => readFileSync(`${FIXTURES}${folder}/${path}`, "utf8");
    const sources = paths.filter((path) => !path.endsWith(".fixed.py")).sort();
    const fixed = new Map(
      paths
        .filter((path) => path.endsWith(".fixed.py"))
        .map((path) => [path.replace(".fixed.py", ".py"), read(path)]),
    );
    const groups = folder === "cross-file" ? [sources] : sources.map((path) => [path]);
    return groups.map((group) => ({
      name: group.length === 1 ? `${folder}/${group[0]}` : folder,
      files: new Map(group.map((path) => [path, read(path)])),
      fixed: new Map([...fixed].filter(([path]) => group.includes(path))),
    }));
  });
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
