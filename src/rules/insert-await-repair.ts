import type { Span } from "../python/location.ts";
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
  return awaitCallRepair(
    file,
    { start: site.start, end: site.end, canAwait: site.use.canAwait },
    grade,
    caution,
  );
}

/** The same for any call whose place is known. */
export function awaitCallRepair(
  file: FileView,
  { start, end, canAwait }: Span & { readonly canAwait: boolean },
  grade: "A" | "B",
  caution?: string,
): Repair | null {
  if (!canAwait) return null;
  const call = { start, end };
  return {
    title: "Insert `await`",
    grade,
    caution:
      caution ??
      (isInTryBody(file, call) ? "Exceptions of the call are now caught by the `try` around it." : null),
    steps: [{ kind: "insert-await", call }],
  };
}

/** True when a `try` with `except` clauses of the same function stands around the call. */
function isInTryBody(file: FileView, call: Span): boolean {
  let child = nodeCovering(file.tree.root, call);
  for (let node = child?.parent ?? null; node !== null && child !== null; child = node, node = node.parent) {
    if (node.type === "function_definition" || node.type === "lambda") return false;
    const catches = node.children.some((one) => one.type === "except_clause");
    if (node.type === "try_statement" && child.field === "body" && catches) return true;
  }
  return false;
}
