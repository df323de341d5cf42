import type { SourceTree } from "../../src/analysis/analyser.ts";
import { firstGap, type Gap } from "../../src/analysis/first-gap.ts";
import { isTestPath } from "../../src/analysis/is-test-path.ts";
import { skipReason } from "../../src/analysis/skip-reason.ts";
import { capabilitiesOf } from "../../src/project/capabilities.ts";
import { kindOf } from "../../src/project/kind-of.ts";
import { beginFile, type Place, type Project, type SourceUnit, unitOf } from "../../src/project/project.ts";
import type { Use } from "../../src/python/facts.ts";
import { contains } from "../../src/python/location.ts";
import { calleeShape } from "./callee-shape.ts";
import type { AsyncConsumption, Site } from "./site.ts";

const NEEDED = {
  await: "awaitable",
  "async for": "asyncIterable",
  "async with": "asyncContextManager",
} as const;

/** Every asynchronously consumed call of a tree, judged. The whole tree is loaded first, as the command line does. */
export function collectSites(project: Project, tree: SourceTree): Site[] {
  for (const path of tree.paths) unitOf(project, path);
  const sites: Site[] = [];
  for (const path of tree.paths) {
    beginFile(project);
    const file = tree.read(path);
    const unit = unitOf(project, path);
    if (file === undefined || unit === null || skipReason(path, file.bytes) !== null) continue;
    for (const use of unit.facts.uses) {
      const consumption = asyncConsumption(use);
      if (consumption === null || use.expression.kind !== "call") continue;
      if (unit.facts.brokenRegions.some((region) => contains(region, use))) continue;
      sites.push(judge(project, path, unit, use, consumption));
    }
  }
  return sites;
}

function asyncConsumption({ consumption }: Use): AsyncConsumption | null {
  if (consumption.way === "await") return "await";
  if (consumption.way === "enter" && consumption.isAsync && consumption.form === "with") return "async with";
  return consumption.way === "iterate" && consumption.isAsync ? "async for" : null;
}

function judge(
  project: Project,
  path: string,
  unit: SourceUnit,
  use: Use,
  consumption: AsyncConsumption,
): Site {
  const place: Place = { file: path, scope: use.scope, block: use.block, at: use.start };
  const value = project.evaluate(use.expression, place);
  const answer = capabilitiesOf(project, value)[NEEDED[consumption]];
  const { kind, certainty, doubts } = kindOf(project, value);
  const verdict = answer === "yes" ? "resolved" : answer === "no" ? "contradicted" : "unresolved";
  return {
    path,
    line: unit.locate(use).line,
    isTest: isTestPath(path),
    consumption,
    shape: use.expression.kind === "call" ? calleeShape(project, use.expression.callee, place) : "",
    verdict,
    kind,
    certainty,
    doubts,
    text: detach(unit.text.slice(use.start, use.end).replace(/\s+/g, " ").slice(0, 140)),
    gap: verdict === "unresolved" ? detachGap(firstGap(project, use.expression, place)) : null,
  };
}

function detachGap({ step, subject }: Gap): Gap {
  return { step, subject: detach(subject) };
}

/** A copy that does not keep the text alive that it was cut from. */
function detach(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
