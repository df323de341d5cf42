import { capabilitiesOf } from "../project/capabilities.ts";
import { beginFile, type Project, type SourceUnit } from "../project/project.ts";
import { UNKNOWN } from "../project/values.ts";
import type { Span } from "../python/location.ts";
import { contains } from "../python/location.ts";
import type { SyntaxTree } from "../python/syntax-node.ts";
import { RULES } from "./index.ts";
import { isExpectedToFail } from "./is-expected-to-fail.ts";
import type { Draft, FileView, Rule, RuleFamily, UseSite } from "./rule.ts";
import { isSuppressed } from "./suppressions.ts";

/** A draft and the rule it comes from. */
export interface RuledDraft {
  readonly rule: Rule;
  readonly draft: Draft;
}

/** Of two findings that get in each other's way, the one of the lower rank goes first. */
export const RANK: Readonly<Record<RuleFamily, number>> = {
  syntax: 0,
  mismatch: 1,
  "non-awaitable": 2,
  "missing-await": 3,
};

/** Everything the rules say about one file: in source order, one finding per expression, nothing suppressed. */
export function runRules(
  project: Project,
  path: string,
  unit: SourceUnit,
  tree: () => SyntaxTree,
): RuledDraft[] {
  const view = createView(project, path, unit, tree);
  const all: RuledDraft[] = [];
  for (const rule of RULES) for (const draft of rule.check(view)) all.push({ rule, draft });
  const { brokenRegions } = unit.facts;
  const certain = all.filter(({ rule, draft }) => {
    if (brokenRegions.some((region) => contains(region, draft.span))) return false;
    if (rule.family !== "syntax" && isExpectedToFail(tree(), draft.span)) return false;
    return !isSuppressed(unit, rule, draft.span);
  });
  certain.sort(
    (a, b) => RANK[a.rule.family] - RANK[b.rule.family] || a.draft.span.start - b.draft.span.start,
  );
  const kept: RuledDraft[] = [];
  for (const one of certain) if (!kept.some((known) => supersedes(known, one))) kept.push(one);
  return kept.sort((a, b) => a.draft.span.start - b.draft.span.start || a.draft.span.end - b.draft.span.end);
}

/** One finding per expression; what stands in an expression that is no valid Python is not judged further. */
function supersedes(known: RuledDraft, other: RuledDraft): boolean {
  const a = known.draft.span;
  const b = other.draft.span;
  if (a.start === b.start && a.end === b.end) return true;
  const isSyntax = known.rule.family === "syntax" && other.rule.family !== "syntax";
  return isSyntax && contains(a, b) && a.end === b.end;
}

function createView(project: Project, path: string, unit: SourceUnit, tree: () => SyntaxTree): FileView {
  const sites: UseSite[] = [];
  beginFile(project);
  for (const use of unit.facts.uses) {
    if (unit.facts.brokenRegions.some((region) => contains(region, use as Span))) continue;
    const place = { file: path, scope: use.scope, block: use.block, at: use.start };
    const known = project.evaluate(use.expression, place);
    // The rules speak on what is certain; a likely value is shown by `kinds` only.
    const value = (known.doubts ?? 0) === 0 ? known : UNKNOWN;
    const capabilities = capabilitiesOf(project, value);
    sites.push({ start: use.start, end: use.end, use, consumption: use.consumption, value, capabilities });
  }
  return {
    path,
    project,
    unit,
    sites,
    get tree() {
      return tree();
    },
  };
}
