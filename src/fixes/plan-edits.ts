import type { SyntaxTree } from "../python/syntax-node.ts";
import type { Repair, Step } from "../rules/repair.ts";
import { normalizeEdits } from "./apply-edits.ts";
import { asyncFor, syncFor } from "./async-for.ts";
import { asyncWith, syncWith } from "./async-with.ts";
import { closeGenerator } from "./close-generator.ts";
import { collect } from "./collect.ts";
import { dropAwait } from "./drop-await.ts";
import { enterBlock } from "./enter-block.ts";
import type { Edit } from "./fix.ts";
import { indentationAt, lineEndAt } from "./indent-lines.ts";
import { insertAwait } from "./insert-await.ts";
import { nestWith } from "./nest-with.ts";
import { protectYield } from "./protect-yield.ts";

/** The edits of a repair, sorted; null when one of its steps cannot be done here. */
export function planEdits(tree: SyntaxTree, repair: Repair): Edit[] | null {
  const all: Edit[] = [];
  for (const step of repair.steps) {
    const edits = planStep(tree, step);
    if (edits === null) return null;
    all.push(...edits);
  }
  return normalizeEdits(all);
}

function planStep(tree: SyntaxTree, step: Step): Edit[] | null {
  switch (step.kind) {
    case "insert-await":
      return insertAwait(tree, step.call);
    case "drop-await":
      return dropAwait(tree, step.awaited);
    case "async-for":
      return asyncFor(tree, step.loop);
    case "sync-for":
      return syncFor(tree, step.loop);
    case "async-with":
      return asyncWith(tree, step.statement);
    case "sync-with":
      return syncWith(tree, step.statement);
    case "collect":
      return collect(tree, step.whole, step.iterable, step.brackets);
    case "nest-with":
      return nestWith(tree, step.statement, step.asyncItems);
    case "enter-block":
      return enterBlock(tree, step.statement, step.awaited);
    case "protect-yield":
      return protectYield(tree, step.statement, step.rest);
    case "close-generator":
      return closeGenerator(tree, step.loop, step.call, step.aclosing);
    case "replace":
      return [{ ...step.span, text: step.text }];
    case "insert-line-above": {
      const { start } = step.definition;
      const indentation = indentationAt(tree.text, start);
      if (indentation === null) return null;
      return [{ start, end: start, text: `${step.text}${lineEndAt(tree.text, start)}${indentation}` }];
    }
  }
}
