import type { SourceUnit } from "../project/project.ts";
import type { RuledDraft } from "../rules/run-rules.ts";
import { toFindings } from "../rules/to-findings.ts";
import type { Diagnostic, Fix } from "./fix.ts";
import { planEdits } from "./plan-edits.ts";
import { type Verification, verifyEdits } from "./verify-edits.ts";

/** Most repairs that are verified in one file, and most characters: each repair costs a check of the whole file. */
const MAX_VERIFIED = 100;
const MAX_CHARACTERS = 5_000_000;

/** Findings with their repairs: each is applied, parsed and checked again before it is offered. */
export function repairFindings(verification: Verification, unit: SourceUnit): Diagnostic[] {
  const { drafts } = verification;
  let left = Math.min(MAX_VERIFIED, Math.ceil(MAX_CHARACTERS / Math.max(1, unit.text.length)));
  return toFindings(unit, drafts).map((finding, index) => {
    const target = drafts[index];
    if (target === undefined || target.draft.repair === null || left === 0) return { ...finding, fix: null };
    left -= 1;
    return { ...finding, fix: repair(verification, target) };
  });
}

function repair(verification: Verification, target: RuledDraft): Fix | null {
  const { repair: idea } = target.draft;
  if (idea === null) return null;
  const edits = planEdits(verification.tree(), idea);
  if (edits === null || !verifyEdits(verification, target, edits)) return null;
  return { title: idea.title, grade: idea.grade, caution: idea.caution, edits };
}
