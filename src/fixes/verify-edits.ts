import { overlayProject } from "../project/create-project.ts";
import type { Project, SourceUnit } from "../project/project.ts";
import { descendants, type SyntaxTree } from "../python/syntax-node.ts";
import { type RuledDraft, runRules } from "../rules/run-rules.ts";
import { applyEdits } from "./apply-edits.ts";
import type { Edit } from "./fix.ts";
import { movedStarts } from "./moved-starts.ts";

/** Parses a changed text as the same file; null when it cannot be parsed in time. */
type Reparse = (text: string) => { readonly tree: SyntaxTree; readonly unit: SourceUnit } | null;

export interface Verification {
  readonly project: Project;
  readonly path: string;
  /** The file's tree, parsed when it is first asked for. */
  readonly tree: () => SyntaxTree;
  readonly drafts: readonly RuledDraft[];
  readonly reparse: Reparse;
  /** Codes of the rules that run. */
  readonly codes: ReadonlySet<string>;
}

/**
 * Applies edits and looks at the result: it must have no new syntax error, keep every comment, no longer
 * have the targets' findings, and have no finding that was not there before; an error counts as new where a note was.
 */
export function verifyEdits(
  verification: Verification,
  targets: readonly RuledDraft[],
  edits: readonly Edit[],
): boolean {
  const { project, path, drafts, reparse, codes } = verification;
  if (edits.length === 0) return false;
  const tree = verification.tree();
  const changed = reparse(applyEdits(tree.text, edits));
  if (changed === null || changed.tree.errors.length > tree.errors.length) return false;
  if (comments(tree) !== comments(changed.tree)) return false;
  const after = runRules(
    overlayProject(project, path, changed.unit),
    path,
    changed.unit,
    () => changed.tree,
    codes,
  );
  const others = new Set<string>();
  for (const one of drafts) {
    if (targets.includes(one)) continue;
    for (const start of movedStarts(one.draft.span, edits)) {
      others.add(`${one.rule.code}@${start}`);
      if (isError(one)) others.add(`${one.rule.code}@${start} error`);
    }
  }
  const hidden = targets.map(({ rule, draft }) => ({ rule, places: movedStarts(draft.span, edits) }));
  return after.every((one) => {
    const { rule, draft } = one;
    // What only a target's precedence hid was there before.
    const wasHidden =
      rule.family === "other" &&
      hidden.some((target) => rule !== target.rule && target.places.includes(draft.span.start));
    // That a function needs no `async` shows when its calls are right; it is no reason to leave them wrong.
    if (draft.unlessMissingAwaitIn !== undefined) return true;
    const key = `${rule.code}@${draft.span.start}`;
    return wasHidden || others.has(isError(one) ? `${key} error` : key);
  });
}

/** An error is more than the note that it was before: an `await` under a lock of threads makes one of the other. */
function isError({ rule, draft }: RuledDraft): boolean {
  return (draft.severity ?? rule.severity) === "error";
}

function comments(tree: SyntaxTree): string {
  const texts: string[] = [];
  for (const node of descendants(tree.root)) {
    if (node.type === "comment") texts.push(tree.text.slice(node.start, node.end));
  }
  return texts.join("\n");
}
