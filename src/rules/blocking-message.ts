import type { BlockingSite } from "./blocking-sites.ts";
import type { Message } from "./finding.ts";
import type { FileView } from "./rule.ts";
import { quote } from "./sites.ts";

/** The message of a blocking call; `waits` says what the thread does meanwhile. */
export function blockingMessage(file: FileView, { call, row }: BlockingSite, waits: string): Message {
  return {
    problem: `${quote(file, call)} blocks the event loop.`,
    reason: `${waits} No other task of the loop runs until then, and Python does not warn.`,
    remedy: remedyFor(row.replacement),
  };
}

function remedyFor(replacement: string | null): string {
  if (replacement === null || replacement === "asyncio.to_thread")
    return "Run it in a thread with `await asyncio.to_thread(…)`.";
  const code = replacement.includes("`") ? replacement : `\`${replacement}\``;
  return `Use ${code}, or run it in a thread with \`await asyncio.to_thread(…)\`.`;
}
