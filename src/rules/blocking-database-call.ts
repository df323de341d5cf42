import { blockingMessage } from "./blocking-message.ts";
import { type BlockingSite, blockingDraft, blockingSites } from "./blocking-sites.ts";
import { djangoQueries, twinRepair } from "./django-calls.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** Synchronous database drivers, sessions and Django's ORM in a coroutine. */
export const blockingDatabaseCall: Rule = {
  name: "blocking-database-call",
  code: "YS305",
  severity: "warning",
  isOnByDefault: true,
  summary: "A coroutine asks a database with a synchronous driver or session.",
  family: "other",
  *check(file) {
    const shown = new Set<number>();
    for (const { span, severity, remedy, repair } of djangoQueries(file)) {
      shown.add(span.start);
      const problem = `${quote(file, span)} asks the database synchronously in a coroutine.`;
      const reason =
        "Django raises `SynchronousOnlyOperation` where a loop is running; where that check is switched off, no other task runs until the answer is there.";
      yield { span, message: { problem, reason, remedy }, chain: [], repair, severity };
    }
    for (const site of blockingSites(file, "database")) {
      if (shown.has(site.call.start)) continue;
      const message = blockingMessage(file, site, "The thread waits for the database.");
      yield blockingDraft(site, message, modelRepair(file, site));
    }
  },
};

/** `user.save()` → `await user.asave()`, since Django 4.2. */
function modelRepair(file: FileView, { call, name }: BlockingSite): Repair | null {
  const { callee } = call.expression;
  if (!/^django\..*\bModel\.(save|delete)$/.test(name) || callee.kind !== "attribute") return null;
  if (!call.canAwait || !file.project.source.isAtLeast("django", "4.2")) return null;
  return twinRepair(call, callee.name);
}
