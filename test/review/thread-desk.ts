import { diffTexts } from "../../src/diff/diff-texts.ts";
import { mapLine } from "../../src/diff/lines.ts";
import { lastThreadMark } from "../../src/review/marker.ts";
import type { ReviewPlan } from "../../src/review/review-plan.ts";
import type { Thread } from "../../src/review/thread.ts";

interface DeskThread {
  id: string;
  path: string;
  line: number | null;
  startLine: number | null;
  bodies: string[];
  replies: number;
  isResolved: boolean;
  isMinimized: boolean;
}

/** Threads as GitHub keeps them: it carries out plans, and comments follow their lines through changed texts. */
export class ThreadDesk {
  readonly threads: DeskThread[] = [];
  readonly canResolve: boolean;
  private texts: Readonly<Record<string, string>>;

  constructor(texts: Readonly<Record<string, string>>, canResolve = true) {
    this.texts = texts;
    this.canResolve = canResolve;
  }

  /** What a review reads. */
  read(): Thread[] {
    return this.threads
      .filter(({ bodies: [body = ""] }) => body.includes("<!-- yieldsign:v1 "))
      .map((one) => ({
        id: one.id,
        commentId: `C${one.id}`,
        rootId: Number(one.id),
        path: one.path,
        line: one.line,
        startLine: one.startLine,
        body: one.bodies[0] ?? "",
        isResolved: one.isResolved,
        isMinimized: one.isMinimized,
        hasReplies: one.replies > 0,
        mark: lastThreadMark(one.bodies),
        dislikedBy: [],
        canResolve: this.canResolve,
      }));
  }

  /** The head becomes these texts; a comment whose lines changed is outdated. */
  push(texts: Readonly<Record<string, string>>): void {
    for (const one of this.threads) {
      const [before, after] = [this.texts[one.path], texts[one.path]];
      if (one.line === null || before === undefined) continue;
      const hunks = diffTexts(before, after ?? "");
      const first = one.startLine ?? one.line;
      const lines = Array.from({ length: one.line - first + 1 }, (_, at) => mapLine(hunks, first + at));
      const isKept = after !== undefined && lines.every((line) => line !== null);
      one.line = isKept ? (lines.at(-1) ?? null) : null;
      one.startLine = isKept && one.startLine !== null ? (lines[0] ?? null) : null;
    }
    this.texts = texts;
  }

  carryOut({ threads: operations, review }: ReviewPlan): void {
    for (const operation of operations) {
      const id = "threadId" in operation ? operation.threadId : operation.commentId.slice(1);
      const thread = this.threads.find((one) => one.id === id);
      if (thread === undefined) throw new Error(`no thread ${id}`);
      if (operation.kind === "edit") thread.bodies[0] = operation.body;
      else if (operation.kind === "reply") thread.bodies.push(operation.body);
      else if (operation.kind === "minimize") thread.isMinimized = true;
      else if (operation.kind === "unminimize") thread.isMinimized = false;
      else if (!this.canResolve) throw new Error("not permitted");
      else thread.isResolved = operation.kind === "resolve";
    }
    for (const { path, line, startLine, body } of review?.comments ?? []) {
      const id = String(this.threads.length + 1);
      const fresh = { replies: 0, isResolved: false, isMinimized: false };
      this.threads.push({ id, path, line, startLine, bodies: [body], ...fresh });
    }
  }
}
