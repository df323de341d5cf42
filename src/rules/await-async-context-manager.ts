import type { Consumption } from "../python/facts.ts";
import { nodeCovering } from "../python/syntax-node.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

/** `await acm()` and `async for x in acm()`. */
export const awaitAsyncContextManager: Rule = {
  name: "await-async-context-manager",
  code: "YS112",
  severity: "error",
  isOnByDefault: true,
  summary: "An async context manager is awaited (or iterated) instead of entered with `async with`.",
  family: "mismatch",
  *check(file) {
    for (const site of sitesOf(file, "await")) {
      const { awaitable, asyncContextManager, asyncIterable } = site.capabilities;
      if (asyncContextManager !== "yes" || awaitable !== "no" || asyncIterable !== "no") continue;
      yield {
        span: site.consumption.outer,
        message: {
          problem: `${quote(file, site)} is an async context manager, which cannot be awaited.`,
          reason:
            "Python raises `TypeError: object … can't be used in 'await' expression`; nothing is entered.",
          remedy: "Enter it: `async with … as name:` around the statements that need it.",
        },
        chain: site.value.hops,
        repair: repairOf(file, site),
      };
    }
    for (const site of sitesOf(file, "iterate")) {
      const { asyncContextManager, asyncIterable } = site.capabilities;
      if (!site.consumption.isAsync || asyncContextManager !== "yes" || asyncIterable !== "no") continue;
      if (site.capabilities.awaitable !== "no") continue;
      yield {
        span: { start: site.start, end: site.end },
        message: {
          problem: `${quote(file, site)} is an async context manager; \`async for\` cannot iterate over it.`,
          reason: "Python raises `TypeError: 'async for' requires an object with __aiter__ method`.",
          remedy: "Enter it with `async with … as name:`, then iterate over what it gives.",
        },
        chain: site.value.hops,
        repair: null,
      };
    }
  },
};

/** Only `name = await acm()` as a statement, with the rest of its block after it, can be re-indented. */
function repairOf(file: FileView, site: UseSite<Extract<Consumption, { way: "await" }>>): Repair | null {
  const { outer } = site.consumption;
  let node = nodeCovering(file.tree.root, outer);
  while (node !== null && node.type !== "assignment") node = node.type === "block" ? null : node.parent;
  const statement = node?.parent;
  if (node == null || statement?.type !== "expression_statement" || !site.use.canAwait) return null;
  const left = node.children.find((child) => child.field === "left");
  const right = node.children.find((child) => child.field === "right");
  if (left?.type !== "identifier" || right?.type !== "await") return null;
  return {
    title: "Enter it with `async with` around the rest of the block",
    grade: "B",
    caution: "The rest of the block moves into the `async with`; it is left where the block ends.",
    steps: [
      { kind: "enter-block", statement: { start: statement.start, end: statement.end }, awaited: outer },
    ],
  };
}
