import type { CallSite } from "../python/facts.ts";
import type { Span } from "../python/location.ts";
import type { FileView } from "./rule.ts";

const indexes = new WeakMap<FileView, ReadonlyMap<string, CallSite>>();

/** The call with exactly this span, or undefined where there is none (or one that never runs). */
export function callAt(file: FileView, { start, end }: Span): CallSite | undefined {
  let index = indexes.get(file);
  if (index === undefined) {
    index = new Map(file.calls.map((call) => [`${call.start}:${call.end}`, call]));
    indexes.set(file, index);
  }
  return index.get(`${start}:${end}`);
}
