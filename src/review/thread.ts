import type { ThreadMark } from "./marker.ts";

/** A review thread that we began, as it stands on GitHub now. */
export interface Thread {
  readonly id: string;
  /** Node id of its first comment, the one with the finding. */
  readonly commentId: string;
  /** The same comment's number in the REST API. */
  readonly rootId: number;
  readonly path: string;
  /** Last and first line in the head's file; null when the lines changed since ("outdated"). */
  readonly line: number | null;
  readonly startLine: number | null;
  readonly body: string;
  readonly isResolved: boolean;
  readonly isMinimized: boolean;
  /** Somebody else wrote in it. */
  readonly hasReplies: boolean;
  /** What our own comments in it said last. */
  readonly mark: ThreadMark | null;
  /** Who gave the comment a thumbs down. */
  readonly dislikedBy: readonly string[];
  /** Whether our permissions let us resolve and unresolve it. */
  readonly canResolve: boolean;
}

/** Who has the last word on a thread. */
export type ThreadStanding =
  /** The finding is open for all to see. */
  | "open"
  /** A person resolved it: nothing is repeated, nothing is reopened. */
  | "closed by a person"
  /** We said that the finding is gone. */
  | "fixed";

/** A resolved thread without our word that it is fixed was resolved by a person (or by the page's button). */
export function standingOf({ isResolved, mark }: Thread): ThreadStanding {
  if (mark === "fixed") return "fixed";
  return isResolved ? "closed by a person" : "open";
}

/** One change of what we wrote on a pull request; made in order. Ids are GitHub's node ids. */
export type ThreadOperation =
  | { readonly kind: "edit"; readonly commentId: string; readonly body: string }
  | { readonly kind: "reply"; readonly threadId: string; readonly body: string }
  | { readonly kind: "resolve" | "unresolve"; readonly threadId: string }
  | { readonly kind: "minimize"; readonly commentId: string; readonly reason: "OUTDATED" | "RESOLVED" }
  | { readonly kind: "unminimize"; readonly commentId: string };
