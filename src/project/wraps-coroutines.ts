import type { Project } from "./project.ts";

const SIGNS = ["setattr", "iscoroutinefunction", "run_until_complete"];

const answers = new WeakMap<Project["source"], boolean>();

/**
 * True when the repository replaces coroutine methods at run time by functions that run them to the end (pyrogram's
 * and Telethon's `sync` modules): calling such a method without `await` in synchronous code is then how it is meant.
 */
export function wrapsCoroutines({ source, units }: Project): boolean {
  const known = answers.get(source);
  if (known !== undefined) return known;
  const files = source.filesMentioning?.(SIGNS);
  if (files != null) {
    answers.set(source, files.length > 0);
    return files.length > 0;
  }
  // Not remembered: further files may be fetched.
  return [...units].some(
    ([file, unit]) =>
      !file.startsWith("facts:") && unit !== null && SIGNS.every((sign) => unit.text.includes(sign)),
  );
}
