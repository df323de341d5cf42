import { functionOf } from "../project/project.ts";
import type { Consumption, FunctionFacts } from "../python/facts.ts";
import { importedName } from "./imported-name.ts";
import { isMentionedElsewhere } from "./is-mentioned-elsewhere.ts";
import type { Repair, Step } from "./repair.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

type EnterSite = UseSite<Extract<Consumption, { way: "enter" }>>;

/** `async with agen():`, where the decorator was forgotten. */
export const asyncGeneratorAsContextManager: Rule = {
  name: "async-generator-as-context-manager",
  code: "YS113",
  severity: "error",
  isOnByDefault: true,
  summary: "An async generator is entered as a context manager; `@asynccontextmanager` is missing.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "enter")) {
      const { value, consumption } = site;
      if (value.kind !== "async-generator" || consumption.form === "enter-context") continue;
      const isAlsoIterated = isUsedAsGenerator(
        file,
        value.definition?.index ?? -1,
        value.definition?.file ?? "",
      );
      const keyword =
        consumption.form === "with" ? (consumption.isAsync ? "async with" : "with") : "enter_async_context";
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} is an async generator, which \`${keyword}\` cannot enter.`,
          reason:
            "Python raises `TypeError: 'async_generator' object does not support the … context manager protocol`.",
          remedy:
            "Decorate the function with `@asynccontextmanager` (from `contextlib`) and enter it with `async with`.",
        },
        chain: value.hops,
        repair: isAlsoIterated ? null : repairOf(file, site),
        severity: isAlsoIterated ? "warning" : "error",
      };
    }
  },
};

/** Iterated elsewhere in this file, or given by reference to a framework (`Depends(f)`): the decorator would break that. */
function isUsedAsGenerator(file: FileView, index: number, path: string): boolean {
  const isIterated = file.sites.some(
    ({ value, consumption }) =>
      consumption.way === "iterate" &&
      value.kind === "async-generator" &&
      value.definition?.index === index &&
      value.definition.file === path,
  );
  const name = functionOf(file.project, { file: path, index })?.name;
  return isIterated || (name !== undefined && new RegExp(`\\bDepends\\(\\s*${name}\\b`).test(file.unit.text));
}

function repairOf(file: FileView, site: EnterSite): Repair | null {
  const { value, consumption, use } = site;
  if (value.kind !== "async-generator" || value.definition === null || value.definition.file !== file.path)
    return null;
  const facts = functionOf(file.project, value.definition);
  if (facts === null || facts.yields.length !== 1 || facts.decorators.length > 0) return null;
  const decorator = importedName(file, "contextlib", "asynccontextmanager");
  if (decorator === null || isUsedElsewhere(file, facts, site) || isMentionedElsewhere(file, facts.name))
    return null;
  const steps: Step[] = [
    { kind: "insert-line-above", definition: { start: facts.start, end: facts.end }, text: `@${decorator}` },
  ];
  if (!consumption.isAsync) {
    if (!use.canAwait || consumption.itemCount !== 1) return null;
    steps.push({ kind: "async-with", statement: consumption.outer });
  }
  return { title: "Add `@asynccontextmanager` to the definition", grade: "A", caution: null, steps };
}

/** The decorator changes every use: all others in the file must be entered the same way. */
function isUsedElsewhere(file: FileView, facts: FunctionFacts, site: EnterSite): boolean {
  const entered = file.sites.filter(
    ({ value, consumption }) =>
      consumption.way === "enter" &&
      consumption.isAsync &&
      value.kind === "async-generator" &&
      value.definition !== null,
  );
  const mentions = file.unit.text.match(new RegExp(`\\b${facts.name}\\b`, "g"))?.length ?? 0;
  const known = new Set([...entered.map(({ start }) => start), site.start]);
  return mentions > known.size + 1;
}
