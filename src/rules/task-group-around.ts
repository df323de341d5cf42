import type { Use } from "../python/facts.ts";
import { childByField, descendants, hasToken, nodeAt } from "../python/syntax-node.ts";
import { callsTo } from "./calls-to.ts";
import type { FileView } from "./rule.ts";

const TASK_GROUP: ReadonlySet<string> = new Set(["asyncio.TaskGroup"]);

/** The name of the task group in whose `async with` block the statement directly stands, or null. */
export function taskGroupAround(file: FileView, use: Use): string | null {
  const groups = [...callsTo(file, TASK_GROUP)].map(({ call }) => call);
  if (groups.length === 0) return null;
  const statement = nodeAt(file.tree.root, use.statement, "expression_statement");
  const outer = statement?.parent?.parent ?? null;
  if (outer?.type !== "with_statement" || !hasToken(outer, "async")) return null;
  const clause = outer.children.find(({ type }) => type === "with_clause");
  if (clause === undefined) return null;
  for (const node of descendants(clause)) {
    if (node.type !== "as_pattern") continue;
    const [context] = node.children;
    const isGroup = groups.some(({ start, end }) => context?.start === start && context.end === end);
    const alias = childByField(node, "alias")?.children[0];
    if (isGroup && alias?.type === "identifier") return file.unit.text.slice(alias.start, alias.end);
  }
  return null;
}
