import { completeCheckRun, startCheckRun } from "../github/check-runs.ts";
import type { GitHubClient, Repository } from "../github/client.ts";
import { compareCommits } from "../github/compare-commits.ts";
import { createReviewWithFallback } from "../github/create-review.ts";
import { listChangedFiles } from "../github/list-changed-files.ts";
import { listReviewComments } from "../github/list-review-comments.ts";
import { readPullRequest } from "../github/read-pull-request.ts";
import { findIdentities } from "../review/identity.ts";
import { planReview } from "../review/plan-review.ts";
import { withoutComments } from "../review/without-comments.ts";
import { externalId } from "./external-id.ts";
import { createLinks } from "./links.ts";
import { type Engine, reviewCommits } from "./review-commits.ts";

/** Most comments of one review; everything else is in the check run. */
const MAX_COMMENTS = 30;

export type ReviewOutcome = "reviewed" | "silent" | "not open" | "draft" | "head moved";

/**
 * Reviews a pull request as it is now: one review for what is new since the last one, and the check run on its
 * head. Doing it again changes nothing.
 */
export async function reviewPullRequest(
  client: GitHubClient,
  repository: Repository,
  htmlUrl: string,
  number: number,
  engine: Engine,
): Promise<ReviewOutcome> {
  const pull = await readPullRequest(client, repository, number);
  if (pull.state === "closed") return "not open";
  if (pull.isDraft) return "draft";
  const { headSha } = pull;
  const [checkRun, files, comparison, comments] = await Promise.all([
    startCheckRun(client, repository, headSha, externalId(headSha)),
    listChangedFiles(client, repository, number),
    compareCommits(client, repository, pull.baseSha, headSha),
    listReviewComments(client, repository, number),
  ]);
  const change = { headSha, mergeBaseSha: comparison.mergeBaseSha, files };
  const reviewed = await reviewCommits(client, repository, engine, change);
  let plan = planReview({
    headSha,
    ...reviewed,
    knownIdentities: new Set(comments.flatMap(findIdentities)),
    links: createLinks(htmlUrl, headSha),
    maxComments: MAX_COMMENTS,
  });
  let outcome: ReviewOutcome = "silent";
  if (plan.review !== null) {
    const isCurrent = (await readPullRequest(client, repository, number)).headSha === headSha;
    if (isCurrent) {
      const refused = await createReviewWithFallback(client, { ...repository, number, headSha }, plan.review);
      plan = withoutComments(plan, refused);
    }
    outcome = isCurrent ? "reviewed" : "head moved";
  }
  await completeCheckRun(client, repository, checkRun, plan.check);
  return outcome;
}
