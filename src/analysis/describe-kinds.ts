import type { Hop } from "../project/hop.ts";
import { type Certainty, kindOf } from "../project/kind-of.ts";
import { beginFile, type Place, type Project, unitOf } from "../project/project.ts";
import type { Expression } from "../python/expression.ts";
import type { Consumption, Use } from "../python/facts.ts";
import { contains, type Location, type Span } from "../python/location.ts";
import type { SourceTree } from "./analyser.ts";
import { firstGap } from "./first-gap.ts";
import type { ProjectOpener } from "./open-project.ts";

/** How an expression is consumed, in Python's words; "statement" is thrown away, "value" goes on. */
type ConsumptionName = "await" | "async for" | "async with" | "for" | "with" | "statement" | "value";

/** What is known of one consumed expression. */
export interface KindEntry {
  readonly location: Location;
  readonly consumption: ConsumptionName;
  /** The expression's source on one line. */
  readonly text: string;
  readonly kind: string;
  readonly certainty: Certainty;
  readonly doubts: readonly string[];
  readonly chain: readonly Hop[];
  /** For an unknown kind: what could not be followed. */
  readonly gap: string | null;
}

/**
 * For every call and for every operand of `await`, `for`, `with` and their asynchronous forms in the files: what
 * the engine knows of it. Answers are those that a check of the same files would work with.
 */
export function describeKinds(
  opener: ProjectOpener,
  tree: SourceTree,
  paths: readonly string[],
): KindEntry[] {
  const project = opener.open(tree);
  for (const path of paths) unitOf(project, path);
  return paths.flatMap((path) => describeFile(project, path));
}

interface Site extends Span {
  readonly expression: Expression;
  readonly scope: number;
  readonly block: number;
  readonly consumption: ConsumptionName;
}

function describeFile(project: Project, path: string): KindEntry[] {
  const unit = unitOf(project, path);
  if (unit === null) return [];
  beginFile(project);
  const { brokenRegions, uses, calls } = unit.facts;
  const sites: Site[] = [];
  for (const use of uses) {
    const consumption = consumptionName(use);
    if (consumption !== null) sites.push({ ...use, consumption });
  }
  const consumed = new Set(sites.map(({ start, end }) => `${start}-${end}`));
  for (const call of calls)
    if (!consumed.has(`${call.start}-${call.end}`)) sites.push({ ...call, consumption: "value" });
  sites.sort((a, b) => a.start - b.start || a.end - b.end);
  return sites.map((site): KindEntry => {
    const base = {
      location: unit.locate(site),
      consumption: site.consumption,
      text: unit.text.slice(site.start, site.end).replace(/\s+/g, " "),
    };
    if (brokenRegions.some((region) => contains(region, site))) {
      const nothing = { kind: "unknown", certainty: "unknown", doubts: [], chain: [] } as const;
      return { ...base, ...nothing, gap: "it stands near a syntax error" };
    }
    const place: Place = { file: path, scope: site.scope, block: site.block, at: site.start };
    const known = kindOf(project, project.evaluate(site.expression, place));
    return { ...base, ...known, gap: known.kind === "unknown" ? gapOf(project, site, place) : null };
  });
}

function gapOf(project: Project, { expression }: Site, place: Place): string {
  const { step, subject } = firstGap(project, expression, place);
  return subject === "" ? step : `${step}: ${subject}`;
}

/** Null for ways that hand a value on: calls in them are listed as values. */
function consumptionName({ consumption }: Use): ConsumptionName | null {
  switch (consumption.way) {
    case "await":
      return "await";
    case "iterate":
      return isLoop(consumption) ? (consumption.isAsync ? "async for" : "for") : null;
    case "enter":
      if (consumption.form !== "with") return null;
      return consumption.isAsync ? "async with" : "with";
    case "discard":
      return consumption.form === "local" ? null : "statement";
    case "pass":
      return null;
  }
}

function isLoop({ form }: Extract<Consumption, { way: "iterate" }>): boolean {
  return form === "for" || form === "clause";
}
