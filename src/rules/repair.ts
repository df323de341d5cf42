import type { Span } from "../python/location.ts";

/** A repair as a rule means it; `fixes/` turns it into edits and verifies them. */
export interface Repair {
  /** Imperative: "Insert `await`". */
  readonly title: string;
  readonly grade: "A" | "B";
  /** What changes besides the defect, for grade B; for grade A a remark, or null. */
  readonly caution: string | null;
  readonly steps: readonly Step[];
}

/** One change of the source, named by what it does. Spans are those of the file's facts. */
export type Step =
  /** Puts `await` in front of a call (or the access of an async property), with parentheses where it would bind wrongly. */
  | { readonly kind: "insert-await"; readonly call: Span }
  /** Removes the `await` of an await expression. */
  | { readonly kind: "drop-await"; readonly awaited: Span }
  /** `for` → `async for` in a statement or comprehension clause. */
  | { readonly kind: "async-for"; readonly loop: Span }
  /** `async for` → `for`. */
  | { readonly kind: "sync-for"; readonly loop: Span }
  /** `with` → `async with`. */
  | { readonly kind: "async-with"; readonly statement: Span }
  /** `async with` → `with`. */
  | { readonly kind: "sync-with"; readonly statement: Span }
  /** Replaces `whole` by a comprehension that collects the async iterable at `iterable`. */
  | {
      readonly kind: "collect";
      readonly whole: Span;
      readonly iterable: Span;
      readonly brackets: "[]" | "{}";
    }
  /** `with a, b:` → `with a:` around `async with b:` (`nested` is the item that moves inside). */
  | { readonly kind: "nest-with"; readonly statement: Span; readonly asyncItems: readonly Span[] }
  /** `s = await acm()` and what follows in its block → `async with acm() as s:`. */
  | { readonly kind: "enter-block"; readonly statement: Span; readonly awaited: Span }
  /** `yield x` and the statements after it → `try:` around the one, `finally:` around the others. */
  | { readonly kind: "protect-yield"; readonly statement: Span; readonly rest: Span }
  /** `async for x in agen():` → `async with aclosing(agen()) as items:` around `async for x in items:`. */
  | { readonly kind: "close-generator"; readonly loop: Span; readonly call: Span; readonly aclosing: string }
  /** Replaces exactly this text. */
  | { readonly kind: "replace"; readonly span: Span; readonly text: string }
  /** Writes a line of the same indentation above a definition. */
  | { readonly kind: "insert-line-above"; readonly definition: Span; readonly text: string };
