import { nodeCovering } from "../python/syntax-node.ts";
import type { Repair } from "./repair.ts";
import type { FileView, UseSite } from "./rule.ts";

/** "Insert `await`" in front of the site's call, or null where Python or the surroundings forbid it. */
export function insertAwaitRepair(
  file: FileView,
  site: UseSite,
  grade: "A" | "B",
  caution?: string,
): Repair | null {
  if (!site.use.canAwait) return null;
  const call = { start: site.start, end: site.end };
  return {
    title: "Insert `await`",
    grade,
    caution:
      caution ??
      (isInTryBody(file, site) ? "Exceptions of the call are now caught by the `try` around it." : null),
    steps: [{ kind: "insert-await", call }],
  };
}

/** True when a `try` with `except` clauses of the same function stands around the site. */
function isInTryBody(file: FileView, site: UseSite): boolean {
  let child = nodeCovering(file.tree.root, site);
  for (let node = child?.parent ?? null; node !== null && child !== null; child = node, node = node.parent) {
    if (node.type === "function_definition" || node.type === "lambda") return false;
    const catches = node.children.some((one) => one.type === "except_clause");
    if (node.type === "try_statement" && child.field === "body" && catches) return true;
  }
  return false;
}
