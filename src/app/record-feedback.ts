import type { Feedback, FeedbackEntry } from "../jobs/feedback.ts";
import { findMarkers } from "../review/marker.ts";
import type { Thread } from "../review/thread.ts";
import type { PullRequestTarget } from "./review-pull-request.ts";

/** Records that somebody calls each finding of a thread wrong. */
export function recordFeedback(
  feedback: Feedback,
  { owner, repo, number }: PullRequestTarget,
  { rootId, body }: Pick<Thread, "rootId" | "body">,
  said: Pick<FeedbackEntry, "login" | "reason" | "source">,
): void {
  for (const { code, fingerprint } of findMarkers(body)) {
    feedback.record({
      repository: `${owner}/${repo}`,
      pullRequest: number,
      thread: rootId,
      rule: code,
      fingerprint,
      ...said,
    });
  }
}

/** Records the thumbs-downs on comments of ours; GitHub sends no event for them, so each review looks. */
export function recordDislikes(
  feedback: Feedback,
  target: PullRequestTarget,
  threads: readonly Pick<Thread, "rootId" | "body" | "dislikedBy">[],
): void {
  for (const thread of threads)
    for (const login of thread.dislikedBy)
      recordFeedback(feedback, target, thread, { login, reason: "", source: "reaction" });
}
