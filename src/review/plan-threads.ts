import { commentFor, groupBody, type PlacedInFile } from "./group-comments.ts";
import type { Links } from "./links.ts";
import { findMarkers, formatMarker, formatThreadMark, GROUP_MARKER, type Marker } from "./marker.ts";
import type { LocatedDiagnostic, Matching } from "./match-threads.ts";
import type { Placed } from "./place-comments.ts";
import type { PlannedComment } from "./review-plan.ts";
import { isSameMessage } from "./same-message.ts";
import { shortSha } from "./short-sha.ts";
import { standingOf, type Thread, type ThreadOperation } from "./thread.ts";

interface ThreadsInput {
  readonly headSha: string;
  readonly threads: readonly Thread[];
  readonly matching: Matching;
  readonly links: Links;
  /** The repairs can be committed by a command. */
  readonly canApply: boolean;
  /** Where findings of one file would stand together; null where the diff has no line. */
  place(findings: readonly LocatedDiagnostic[]): Placed | null;
  /** Why a finding that was not found is certainly gone, as a sentence; null when that is not known. */
  whyGone(marker: Marker): string | null;
}

/** What becomes of the threads that are there. */
export interface ThreadsPlan {
  readonly operations: readonly ThreadOperation[];
  /** Comments that take the place of outdated ones. */
  readonly moved: readonly PlannedComment[];
  /** Threads that are open after all this, without the moved ones. */
  readonly open: number;
  /** A thread would be resolved, if our permissions allowed it. */
  readonly isFolding: boolean;
}

/**
 * Decides for each thread: keep, edit, move to where its finding stands now, reopen, or close because its findings are
 * gone. What a person resolved stays so; what a person answered is never hidden.
 */
export function planThreads(input: ThreadsInput): ThreadsPlan {
  const operations: ThreadOperation[] = [];
  const moved: PlannedComment[] = [];
  let open = 0;
  let isFolding = false;
  for (const thread of input.threads) {
    const told = input.matching.told.get(thread) ?? [];
    const standing = standingOf(thread);
    if (standing === "closed by a person") continue;
    if (told.length === 0) {
      const closing = standing === "open" ? closeThread(thread, input) : [];
      operations.push(...closing);
      isFolding ||= closing.length > 0 && !thread.canResolve;
      if (standing === "open" && closing.length === 0) open += 1;
      continue;
    }
    const change =
      standing === "fixed" ? reopenThread(thread, told, input) : updateThread(thread, told, input);
    operations.push(...change.operations);
    if (change.moved === null) open += 1;
    else moved.push(change.moved);
  }
  return { operations, moved, open, isFolding };
}

interface ThreadChange {
  readonly operations: readonly ThreadOperation[];
  readonly moved: PlannedComment | null;
}

function updateThread(thread: Thread, told: readonly LocatedDiagnostic[], input: ThreadsInput): ThreadChange {
  const next = nextComment(thread, told, input);
  const stays = next.comment === null || isAt(thread, next.comment);
  if (stays || thread.hasReplies || next.isGroup) {
    const body = stays || next.isGroup ? next.body : next.withoutSuggestion;
    const isKept = body === null || isSameMessage(body, thread.body);
    return { operations: isKept ? [] : [{ kind: "edit", commentId: thread.commentId, body }], moved: null };
  }
  const { path, line } = next.comment;
  const where = `[line ${line}](${input.links.source(path, line)})`;
  const body = `The lines changed; the comment is now on ${where}.`;
  const operations: ThreadOperation[] = [{ kind: "edit", commentId: thread.commentId, body }];
  if (!thread.isMinimized)
    operations.push({ kind: "minimize", commentId: thread.commentId, reason: "OUTDATED" });
  if (thread.canResolve) operations.push({ kind: "resolve", threadId: thread.id });
  return { operations, moved: next.comment };
}

interface NextComment {
  /** The comment as it would be written now; null where the diff has no line for it, or for a list. */
  readonly comment: PlannedComment | null;
  readonly isGroup: boolean;
  /** What the thread's comment is to say; null when that is not to change. */
  readonly body: string | null;
  /** The same for lines that a suggestion would not fit. */
  readonly withoutSuggestion: string | null;
}

function nextComment(
  thread: Thread,
  told: readonly LocatedDiagnostic[],
  { place, links, canApply }: ThreadsInput,
): NextComment {
  if (thread.body.includes(GROUP_MARKER)) {
    const first = told.filter((one) => one.path === thread.path && isOn(thread, one));
    const placed = first.length === 0 ? null : place(first);
    const own = placed !== null && isRange(thread, placed) ? { path: thread.path, placed } : null;
    const others = own === null ? told : told.filter((one) => !first.includes(one));
    return {
      comment: null,
      isGroup: true,
      body: groupBody(own, others, links, canApply),
      withoutSuggestion: null,
    };
  }
  const [{ path } = { path: thread.path }] = told;
  const placed = place(told);
  if (placed === null) return { comment: null, isGroup: false, body: null, withoutSuggestion: null };
  const comment = commentFor({ path, placed }, links);
  const plain: PlacedInFile = { path, placed: { ...placed, suggestion: null } };
  return { comment, isGroup: false, body: comment.body, withoutSuggestion: commentFor(plain, links).body };
}

function reopenThread(thread: Thread, told: readonly LocatedDiagnostic[], input: ThreadsInput): ThreadChange {
  const { headSha } = input;
  const next = nextComment(thread, told, input);
  const fits = next.isGroup || (next.comment !== null && isAt(thread, next.comment));
  const operations: ThreadOperation[] = [];
  const body = fits ? next.body : next.withoutSuggestion;
  if (body !== null && !isSameMessage(body, thread.body))
    operations.push({ kind: "edit", commentId: thread.commentId, body });
  if (thread.isMinimized) operations.push({ kind: "unminimize", commentId: thread.commentId });
  if (thread.isResolved && thread.canResolve) operations.push({ kind: "unresolve", threadId: thread.id });
  // Without resolving, the mark stands in the comment itself, and the edit has taken it away.
  if (thread.canResolve) {
    const text = `Back in ${shortSha(headSha)}.\n\n${formatThreadMark("back", headSha)}`;
    operations.push({ kind: "reply", threadId: thread.id, body: text });
  }
  return { operations, moved: null };
}

/** Replies once and resolves; without the permission to resolve, the comment itself says it and is folded. */
function closeThread(thread: Thread, { matching, whyGone, headSha }: ThreadsInput): ThreadOperation[] {
  const markers = matching.gone.get(thread) ?? [];
  const reasons = markers.map(whyGone);
  const [reason] = reasons;
  if (reason === undefined || reasons.some((one) => one === null)) return [];
  const mark = formatThreadMark("fixed", headSha);
  if (thread.canResolve) {
    return [
      { kind: "reply", threadId: thread.id, body: `${reason}\n\n${mark}` },
      { kind: "resolve", threadId: thread.id },
    ];
  }
  const headline = thread.body.split("\n", 1)[0] ?? "";
  const hidden = [...findMarkers(thread.body).map(formatMarker), mark];
  const body = `**${reason}** It was: ${headline}\n\n${hidden.join("\n")}`;
  if (isSameMessage(body, thread.body)) return [];
  const edit: ThreadOperation = { kind: "edit", commentId: thread.commentId, body };
  if (thread.hasReplies || thread.isMinimized) return [edit];
  return [edit, { kind: "minimize", commentId: thread.commentId, reason: "RESOLVED" }];
}

function isAt(thread: Thread, { path, line, startLine }: PlannedComment): boolean {
  return thread.path === path && thread.line === line && thread.startLine === startLine;
}

function isRange({ line, startLine }: Thread, { firstLine, lastLine }: Placed): boolean {
  return line === lastLine && (startLine ?? line) === firstLine;
}

function isOn({ line, startLine }: Thread, { diagnostic: { location } }: LocatedDiagnostic): boolean {
  return line !== null && location.line >= (startLine ?? line) && location.line <= line;
}
