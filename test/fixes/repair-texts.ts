import type { Analyser } from "../../src/analysis/analyser.ts";
import type { FileReport, Fix } from "../../src/fixes/fix.ts";
import { type RepairedProject, repairProject } from "../../src/fixes/repair-project.ts";
import { checkTexts } from "../rules/check-text.ts";

/** What became of texts, and how often texts were checked on the way. */
export interface RepairedTexts extends RepairedProject {
  readonly texts: ReadonlyMap<string, string>;
  readonly checks: { readonly all: number; readonly some: number };
}

/** Repairs files given as text, all in one go. */
export async function repairTexts(
  analyser: Analyser,
  files: ReadonlyMap<string, string>,
  { grades = ["A", "B"], rules }: { grades?: readonly Fix["grade"][]; rules?: readonly string[] } = {},
): Promise<RepairedTexts> {
  const checks = { all: 0, some: 0 };
  const check = (changed: ReadonlyMap<string, string>): FileReport[] =>
    checkTexts(analyser, new Map([...files, ...changed]), rules);
  const repaired = await repairProject(check(new Map()), {
    async checkAll(changed) {
      checks.all += 1;
      return check(changed);
    },
    checkSome(paths, changed) {
      checks.some += 1;
      return check(changed).filter(({ path }) => paths.includes(path));
    },
    repairable: ({ diagnostics }) =>
      diagnostics.filter(({ fix }) => fix !== null && grades.includes(fix.grade)),
  });
  return { ...repaired, texts: new Map([...files, ...repaired.changed]), checks };
}
