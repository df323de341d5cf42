import type { SourceUnit } from "../project/project.ts";
import type { RuledDraft } from "../rules/run-rules.ts";
import { toFindings } from "../rules/to-findings.ts";
import type { Diagnostic, Fix } from "./fix.ts";
import { planEdits } from "./plan-edits.ts";
import { type Verification, verifyEdits } from "./verify-edits.ts";

/** Most repairs that are verified in one file; each costs a parse of the file. */
const MAX_VERIFIED = 100;

/** Findings with their repairs: each is applied, parsed and checked again before it is offered. */
export function repairFindings(verification: Verification, unit: SourceUnit): Diagnostic[] {
  const { drafts } = verification;
  return toFindings(unit, drafts).map((finding, index) => {
    const target = drafts[index];
    return {
      ...finding,
      fix: target === undefined || index >= MAX_VERIFIED ? null : repair(verification, target),
    };
  });
}

function repair(verification: Verification, target: RuledDraft): Fix | null {
  const { repair: idea } = target.draft;
  if (idea === null) return null;
  const edits = planEdits(verification.tree(), idea);
  if (edits === null || !verifyEdits(verification, target, edits)) return null;
  return { title: idea.title, grade: idea.grade, caution: idea.caution, edits };
}
