import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Somebody says that a comment of ours is wrong. */
export interface FeedbackEntry {
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
  /** The comment that began the thread; its number in the REST API. */
  readonly thread: number;
  /** Code of the rule. */
  readonly rule: string;
  readonly fingerprint: string;
  readonly login: string;
  readonly reason: string;
  readonly source: "command" | "reaction";
}

/** Where it is kept for the metric. */
export interface Feedback {
  /** Keeps an entry unless the same person said so of the same finding in the same thread before; true if it was kept. */
  record(entry: FeedbackEntry): boolean;
}

/** Longest reason that is kept, in UTF-16 units. */
const MAX_REASON = 300;

/**
 * Opens the record of feedback: a file of JSON lines that only grows, `feedback.jsonl`, and a line in the log for each
 * entry. Without a folder there is only the log, and what was said before is known until the process ends.
 */
export function openFeedback(
  folder: string | null,
  log: { info(fields: object, message: string): void },
): Feedback {
  const path = folder === null ? null : join(folder, "feedback.jsonl");
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const text = path === null ? "" : readText(path);
  const known = new Set(readEntries(text).map(keyOf));
  // Ends a line that a crash cut off.
  let lineEnd = text === "" || text.endsWith("\n") ? "" : "\n";
  return {
    record(entry) {
      const key = keyOf(entry);
      if (known.has(key)) return false;
      const kept = { ...entry, reason: entry.reason.slice(0, MAX_REASON) };
      if (path !== null)
        append(path, `${lineEnd}${JSON.stringify({ time: new Date().toISOString(), ...kept })}\n`);
      lineEnd = "";
      known.add(key);
      log.info({ feedback: kept }, "a comment was called wrong");
      return true;
    },
  };
}

function keyOf({ repository, thread, rule, fingerprint, login }: FeedbackEntry): string {
  return [repository, thread, rule, fingerprint, login].join(" ");
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

/** A line that a crash cut off is passed over. */
function readEntries(text: string): FeedbackEntry[] {
  return text.split("\n").flatMap((line): FeedbackEntry[] => {
    try {
      const entry: unknown = JSON.parse(line);
      return typeof entry === "object" && entry !== null ? [entry as FeedbackEntry] : [];
    } catch {
      return [];
    }
  });
}

function append(path: string, text: string): void {
  const file = openSync(path, "a", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
