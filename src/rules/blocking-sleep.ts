import { enclosing } from "../python/own-scope.ts";
import { childByField, nodeAt } from "../python/syntax-node.ts";
import { asyncSleepName } from "./async-sleep.ts";
import { type BlockingSite, blockingDraft, blockingSites } from "./blocking-sites.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** `time.sleep` in a coroutine. */
export const blockingSleep: Rule = {
  name: "blocking-sleep",
  code: "YS301",
  severity: "warning",
  isOnByDefault: true,
  summary: "A coroutine sleeps with `time.sleep` and stops every other task.",
  family: "other",
  *check(file) {
    for (const site of blockingSites(file, "sleep")) {
      const sleep = asyncSleepName(file);
      const message = {
        problem: `${quote(file, site.call)} blocks the event loop.`,
        reason:
          "The thread sleeps, and with it every task of the loop; asyncio says nothing unless it runs in debug mode.",
        remedy: `Use \`await ${sleep ?? "asyncio.sleep"}(…)\`, which lets the other tasks run.`,
      };
      yield blockingDraft(site, message, sleep === null ? null : sleepRepair(file, site, sleep));
    }
  },
};

function sleepRepair(file: FileView, { call }: BlockingSite, sleep: string): Repair | null {
  const { callee, arguments: given } = call.expression;
  const [seconds] = given;
  const isPlain = given.length === 1 && seconds?.splat === false && seconds.name === null;
  if (call.position !== "statement" || !call.canAwait || !isPlain || isPolling(file, call)) return null;
  return {
    title: `Use \`${sleep}\``,
    grade: "A",
    caution: null,
    steps: [{ kind: "replace", span: callee, text: `await ${sleep}` }],
  };
}

/** `while not done: time.sleep(0.1)` waits for another thread; what it waits with has to change as well. */
function isPolling(file: FileView, call: BlockingSite["call"]): boolean {
  const node = nodeAt(file.tree.root, call, "call");
  const loop = node === null ? null : enclosing(node, "while_statement");
  const condition = loop === null ? null : childByField(loop, "condition");
  return condition !== null && !/^(True|1)$/.test(file.unit.text.slice(condition.start, condition.end));
}
