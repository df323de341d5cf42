import type { CallSite } from "../python/facts.ts";
import { importedName } from "./imported-name.ts";
import type { Repair } from "./repair.ts";
import type { FileView } from "./rule.ts";

/** `f(a)` → `await asyncio.to_thread(f, a)`, where `await` may stand and asyncio is imported; else null. */
export function toThreadRepair(file: FileView, call: CallSite, caution: string): Repair | null {
  const { text } = file.unit;
  const { callee, arguments: given } = call.expression;
  const toThread = importedName(file, "asyncio", "to_thread");
  const open = /^\s*\(/.exec(text.slice(callee.end, call.end));
  if (toThread === null || open === null || !call.canAwait || call.position === "awaited") return null;
  const opened = callee.end + open[0].length;
  const called = text.slice(callee.start, callee.end);
  const isGenerator = given.some(({ value }) => value.kind === "comprehension" && value.type === "generator");
  // `f(x for x in xs)` needs parentheses of its own as soon as there is a second argument.
  if (called.includes("\n") || called.includes("#") || isGenerator) return null;
  const separator = /^\s/.test(text.slice(opened)) ? "," : ", ";
  const isEmpty = /^\s*\)$/.test(text.slice(opened, call.end));
  return {
    title: "Run it in a thread",
    grade: "B",
    caution,
    steps: [
      { kind: "insert-await", call },
      { kind: "replace", span: callee, text: toThread },
      {
        kind: "replace",
        span: { start: opened, end: opened },
        text: isEmpty ? called : `${called}${separator}`,
      },
    ],
  };
}
