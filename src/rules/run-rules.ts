import { capabilitiesOf } from "../project/capabilities.ts";
import { beginFile, type Project, type SourceUnit } from "../project/project.ts";
import { UNKNOWN, type Value } from "../project/values.ts";
import type { Expression } from "../python/expression.ts";
import type { Span } from "../python/location.ts";
import { contains } from "../python/location.ts";
import type { SyntaxTree } from "../python/syntax-node.ts";
import { RULES } from "./index.ts";
import { isExpectedToFail } from "./is-expected-to-fail.ts";
import { isTestFile } from "./is-test-file.ts";
import type { Draft, FileView, Position, Rule, RuleFamily, UseSite } from "./rule.ts";
import { openSuppressions } from "./suppressions.ts";

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
  other: 4,
};

/** Codes of the rules that run where nobody selected any. */
export const DEFAULT_RULES: ReadonlySet<string> = new Set(
  RULES.filter(({ isOnByDefault }) => isOnByDefault).map(({ code }) => code),
);

/** Everything the rules say about one file: in source order, one finding per expression, nothing suppressed. */
export function runRules(
  project: Project,
  path: string,
  unit: SourceUnit,
  tree: () => SyntaxTree,
  codes: ReadonlySet<string> = DEFAULT_RULES,
  suppressions = openSuppressions(unit, tree),
): RuledDraft[] {
  const view = createView(project, path, unit, tree);
  // A note in a test is not worth a repair, nor the checking of it.
  const isNote = ({ severity }: Draft): boolean => severity === "info" && isTestFile(path);
  const all: RuledDraft[] = [];
  for (const rule of RULES)
    if (codes.has(rule.code))
      for (const draft of rule.check(view))
        all.push({ rule, draft: isNote(draft) ? withoutRepair(draft) : draft });
  const { brokenRegions } = unit.facts;
  const certain = all.filter(({ rule, draft }) => {
    if (brokenRegions.some((region) => contains(region, draft.span))) return false;
    return rule.family === "syntax" || !isExpectedToFail(tree(), draft.span);
  });
  certain.sort(
    (a, b) => RANK[a.rule.family] - RANK[b.rule.family] || a.draft.span.start - b.draft.span.start,
  );
  const kept = firstOnEach(certain);
  const own = kept.filter((one) => !isExplained(one, kept));
  // A finding that is switched off still stands in front of what follows from it.
  const shown = own.filter(({ rule, draft }) => !suppressions.silence(rule, draft.span));
  return shown.sort((a, b) => a.draft.span.start - b.draft.span.start || a.draft.span.end - b.draft.span.end);
}

function withoutRepair(draft: Draft): Draft {
  return { ...draft, repair: null };
}

/** One finding per expression; what stands in an expression that is no valid Python is not judged further. */
function firstOnEach(ranked: readonly RuledDraft[]): RuledDraft[] {
  const taken = new Set<string>();
  const invalid: Span[] = [];
  return ranked.filter(({ rule, draft: { span } }) => {
    const key = `${span.start}-${span.end}`;
    const isTaken = taken.has(key);
    taken.add(key);
    if (rule.family === "syntax") invalid.push(span);
    else if (invalid.some((around) => contains(around, span) && around.end === span.end)) return false;
    return !isTaken;
  });
}

/** A missing `await` explains what another rule says about the function around it. */
function isExplained({ draft }: RuledDraft, all: readonly RuledDraft[]): boolean {
  const around = draft.unlessMissingAwaitIn;
  if (around === undefined) return false;
  return all.some((one) => one.rule.family === "missing-await" && contains(around, one.draft.span));
}

function createView(project: Project, path: string, unit: SourceUnit, tree: () => SyntaxTree): FileView {
  const { uses, calls, brokenRegions } = unit.facts;
  const isBroken = (span: Span): boolean => brokenRegions.some((region) => contains(region, span));
  const certainValue = (expression: Expression, { scope, block, start }: Position): Value => {
    const known = project.evaluate(expression, { file: path, scope, block, at: start });
    // The rules speak on what is certain; a likely value is shown by `kinds` only.
    return (known.doubts ?? 0) === 0 ? known : UNKNOWN;
  };
  beginFile(project);
  const sites = uses
    .filter((use) => !isBroken(use))
    .map((use): UseSite => {
      const value = certainValue(use.expression, use);
      const { start, end, consumption } = use;
      return { start, end, use, consumption, value, capabilities: capabilitiesOf(project, value) };
    });
  return {
    path,
    project,
    unit,
    sites,
    calls: brokenRegions.length === 0 ? calls : calls.filter((call) => !isBroken(call)),
    certainValue,
    get tree() {
      return tree();
    },
  };
}
