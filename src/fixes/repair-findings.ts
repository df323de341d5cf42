import type { SourceUnit } from "../project/project.ts";
import type { FunctionFacts } from "../python/facts.ts";
import type { Span } from "../python/location.ts";
import type { RuledDraft } from "../rules/run-rules.ts";
import { toFindings } from "../rules/to-findings.ts";
import { normalizeEdits } from "./apply-edits.ts";
import type { Diagnostic, Edit, Fix } from "./fix.ts";
import { planEdits } from "./plan-edits.ts";
import { type Verification, verifyEdits } from "./verify-edits.ts";

/** Most repairs that are verified in one file, and most characters: each repair costs a check of the whole file. */
const MAX_VERIFIED = 100;
const MAX_CHARACTERS = 5_000_000;

/** A repair with its edits, before anybody has looked at what they lead to. */
interface Plan {
  readonly target: RuledDraft;
  readonly edits: readonly Edit[];
  readonly fix: Fix;
}

/** Findings with their repairs: each is applied, parsed and checked again before it is offered. */
export function repairFindings(verification: Verification, unit: SourceUnit): Diagnostic[] {
  const { drafts } = verification;
  const most = Math.min(MAX_VERIFIED, Math.ceil(MAX_CHARACTERS / Math.max(1, unit.text.length)));
  const plans = drafts
    .filter(({ draft }) => draft.repair !== null)
    .slice(0, most)
    .flatMap((target) => planOf(verification, target) ?? []);
  const verified = new Map<RuledDraft, Fix>();
  for (const batch of toBatches(plans, unit)) {
    const edits = normalizeEdits(batch.flatMap((plan) => plan.edits));
    const targets = batch.map(({ target }) => target);
    const isGood = batch.length > 1 && edits !== null && verifyEdits(verification, targets, edits);
    for (const plan of batch)
      if (isGood || verifyEdits(verification, [plan.target], plan.edits)) verified.set(plan.target, plan.fix);
  }
  return toFindings(unit, drafts).map((finding, index) => {
    const target = drafts[index];
    return { ...finding, fix: target === undefined ? null : (verified.get(target) ?? null) };
  });
}

function planOf(verification: Verification, target: RuledDraft): Plan | null {
  const { repair: idea } = target.draft;
  if (idea === null) return null;
  const edits = planEdits(verification.tree(), idea);
  if (edits === null || edits.length === 0) return null;
  return { target, edits, fix: { title: idea.title, grade: idea.grade, caution: idea.caution, edits } };
}

/**
 * Repairs that are looked at together: each stands in the body of another function, so that none can make up for what
 * another one breaks. Those that change more than a body stay alone.
 */
function toBatches(plans: readonly Plan[], { facts }: SourceUnit): Plan[][] {
  const alone: Plan[][] = [];
  const batches: { readonly plans: Plan[]; readonly bodies: Span[] }[] = [];
  for (const plan of plans) {
    const body = bodyAround(plan.edits, facts.functions);
    if (body === null) {
      alone.push([plan]);
      continue;
    }
    const isApart = (other: Span): boolean => other.end <= body.start || body.end <= other.start;
    const batch = batches.find(({ bodies }) => bodies.every(isApart));
    if (batch === undefined) batches.push({ plans: [plan], bodies: [body] });
    else {
      batch.plans.push(plan);
      batch.bodies.push(body);
    }
  }
  return [...batches.map((batch) => batch.plans), ...alone];
}

/** The outermost function whose body all edits stand in; null where one of them touches its head. */
function bodyAround(edits: readonly Edit[], functions: readonly FunctionFacts[]): Span | null {
  const first = edits[0]?.start ?? 0;
  const last = edits.at(-1)?.end ?? 0;
  const around = functions.filter(({ start, end }) => start <= first && last <= end);
  const isInHead = around.some((one) => {
    const lastParameter = one.parameters.at(-1);
    const annotation = one.returnAnnotation ?? lastParameter?.default ?? lastParameter?.annotation;
    return first <= Math.max(one.nameSpan.end, annotation?.end ?? 0);
  });
  const [outermost] = around;
  return outermost === undefined || isInHead ? null : outermost;
}
