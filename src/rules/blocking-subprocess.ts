import { blockingMessage } from "./blocking-message.ts";
import { blockingDraft, blockingSites } from "./blocking-sites.ts";
import type { Rule } from "./rule.ts";
import { toThreadRepair } from "./to-thread-repair.ts";

/** Waiting for another process in a coroutine. */
export const blockingSubprocess: Rule = {
  name: "blocking-subprocess",
  code: "YS303",
  severity: "warning",
  isOnByDefault: true,
  summary: "A coroutine starts a process and waits for it synchronously.",
  family: "other",
  *check(file) {
    for (const site of blockingSites(file, "subprocess")) {
      const waits =
        site.row.severity === "info"
          ? "Starting a process takes the thread some milliseconds."
          : "The thread waits until the process is done.";
      const repair =
        site.row.inThread === true
          ? toThreadRepair(
              file,
              site.call,
              "The process is waited for in a thread; cancelling the task does not end it.",
            )
          : null;
      yield blockingDraft(site, blockingMessage(file, site, waits), repair);
    }
  },
};
