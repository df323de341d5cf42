import type { PlannedComment, PlannedReview } from "../review/review-plan.ts";
import type { GitHubClient, Repository } from "./client.ts";
import { GitHubError, toGitHubError } from "./github-error.ts";

export interface ReviewTarget extends Repository {
  readonly number: number;
  readonly headSha: string;
}

/**
 * Posts one review with `event: COMMENT`. Never repeated by the client: whoever repeats looks for the markers first.
 * @throws GitHubError with status 422 when GitHub refuses a comment; then nothing was posted.
 */
async function createReview(
  client: GitHubClient,
  target: ReviewTarget,
  review: PlannedReview,
): Promise<void> {
  const { owner, repo, number, headSha } = target;
  try {
    await client.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
      owner,
      repo,
      pull_number: number,
      commit_id: headSha,
      event: "COMMENT",
      body: review.body,
      comments: review.comments.map(toComment),
      request: { retries: 0 },
    });
  } catch (error) {
    throw toGitHubError(error);
  }
}

function toComment({ path, line, startLine, body }: PlannedComment) {
  const anchor = { path, body, line, side: "RIGHT" };
  return startLine === null ? anchor : { ...anchor, start_line: startLine, start_side: "RIGHT" };
}

/**
 * Posts a review although GitHub may refuse some of its comments: it does not say which, so the refused ones are
 * found by halves. Answers with the comments that could not be posted.
 */
export async function createReviewWithFallback(
  client: GitHubClient,
  target: ReviewTarget,
  review: PlannedReview,
): Promise<Set<PlannedComment>> {
  const refused = new Set<PlannedComment>();
  await postHalves(client, target, review, refused);
  return refused;
}

async function postHalves(
  client: GitHubClient,
  target: ReviewTarget,
  review: PlannedReview,
  refused: Set<PlannedComment>,
): Promise<void> {
  try {
    await createReview(client, target, review);
    return;
  } catch (error) {
    const { comments } = review;
    if (!(error instanceof GitHubError) || error.status !== 422) throw error;
    const [only] = comments;
    if (comments.length <= 1) {
      if (only !== undefined) refused.add(only);
      return;
    }
    const middle = Math.ceil(comments.length / 2);
    await postHalves(client, target, { ...review, comments: comments.slice(0, middle) }, refused);
    await postHalves(client, target, { ...review, comments: comments.slice(middle) }, refused);
  }
}
