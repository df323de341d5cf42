import { blockingMessage } from "./blocking-message.ts";
import { blockingDraft, blockingSites } from "./blocking-sites.ts";
import type { Rule } from "./rule.ts";
import { toThreadRepair } from "./to-thread-repair.ts";

/** Files and the terminal, used synchronously in a coroutine. */
export const blockingIo: Rule = {
  name: "blocking-io",
  code: "YS304",
  severity: "warning",
  isOnByDefault: true,
  summary: "A coroutine reads or writes files, or asks at the terminal, synchronously.",
  family: "other",
  *check(file) {
    for (const site of blockingSites(file, "io", "path-metadata")) {
      const isTerminal = /^(input|getpass\.getpass)$/.test(site.name);
      const waits = isTerminal
        ? "The thread waits until somebody has typed a line."
        : "The thread waits for the file system, which may be a slow disk or a network.";
      const repair =
        site.row.inThread === true
          ? toThreadRepair(file, site.call, "The call runs in a thread while other tasks go on.")
          : null;
      yield blockingDraft(site, blockingMessage(file, site, waits), repair);
    }
  },
};
