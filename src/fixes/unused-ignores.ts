import { overlayProject } from "../project/create-project.ts";
import type { SourceUnit } from "../project/project.ts";
import { type RuledDraft, runRules } from "../rules/run-rules.ts";
import type { UnusedIgnore } from "../rules/suppressions.ts";
import { toFindings } from "../rules/to-findings.ts";
import { placeOf, UNUSED_IGNORE, unusedMessage } from "../rules/unused-ignore.ts";
import { applyEdits, normalizeEdits } from "./apply-edits.ts";
import type { Diagnostic, Edit, Fix } from "./fix.ts";
import { removeIgnore } from "./remove-ignore.ts";
import type { Verification } from "./verify-edits.ts";

/** Most suppressions that are tried one by one in a file; each costs a parse of the file. */
const MAX_VERIFIED = 100;

/** An unused suppression and how it goes; null where it is not offered. */
interface Candidate {
  readonly one: UnusedIgnore;
  readonly edit: Edit | null;
}

/**
 * Findings about suppressions that silence nothing. Without them the file must have the very findings that it has
 * with them: a comment may also keep a rule silent by being there.
 */
export function unusedIgnores(
  verification: Verification,
  unit: SourceUnit,
  unused: readonly UnusedIgnore[],
): Diagnostic[] {
  const known: Candidate[] = unused.map((one) => ({ one, edit: removalOf(unit.text, one) }));
  const edits = known.flatMap(({ edit }) => edit ?? []);
  const together = normalizeEdits(edits);
  const isProven = together !== null && changesNothing(verification, unit, together);
  let left = MAX_VERIFIED;
  const certain = known.filter(
    ({ edit }) => edit === null || isProven || (left-- > 0 && changesNothing(verification, unit, [edit])),
  );
  const drafts = certain.map(({ one }) => ({
    rule: UNUSED_IGNORE,
    draft: { span: placeOf(one), message: unusedMessage(unit.text, one), chain: [], repair: null },
  }));
  return toFindings(unit, drafts).map((finding, index) => ({
    ...finding,
    fix: fixOf(certain[index]),
    silences: certain[index]?.one.silences ?? [],
  }));
}

function fixOf(candidate: Candidate | undefined): Fix | null {
  if (candidate === undefined || candidate.edit === null) return null;
  const { one, edit } = candidate;
  const word = one.suppression.items.length > 1 ? one.word : null;
  const title = word === null ? "Remove the comment" : `Remove \`${word.text}\``;
  return { title, grade: "A", caution: null, edits: [edit] };
}

/** Null for a word that names no rule: it is more likely mistyped than left behind. */
function removalOf(text: string, unused: UnusedIgnore): Edit | null {
  return unused.word !== null && unused.silences.length === 0 ? null : removeIgnore(text, unused);
}

function changesNothing(
  { project, path, tree, drafts, reparse, codes }: Verification,
  unit: SourceUnit,
  edits: readonly Edit[],
): boolean {
  const changed = reparse(applyEdits(unit.text, edits));
  if (changed === null || changed.tree.errors.length !== tree().errors.length) return false;
  const overlay = overlayProject(project, path, changed.unit);
  const after = runRules(overlay, path, changed.unit, () => changed.tree, codes);
  return codesOf(after) === codesOf(drafts);
}

function codesOf(drafts: readonly RuledDraft[]): string {
  return drafts.map(({ rule }) => rule.code).join();
}
