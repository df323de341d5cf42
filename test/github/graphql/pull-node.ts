import { baseOf, headOf } from "../change.ts";
import { actorNode, BOT } from "../people.ts";
import type { PullState, RepositoryState, ReviewState } from "../state.ts";
import type { Asker } from "./asker.ts";
import { timelineCommentNode } from "./comment-node.ts";
import { commitNode } from "./commit-node.ts";
import { type Bounds, connection } from "./connection.ts";
import { refNode } from "./ref-node.ts";
import { threadNode, threadsOf } from "./thread-node.ts";

/** A pull request with what was said on it. */
export function pullNode(asker: Asker, repository: RepositoryState, pull: PullState) {
  const { headRepository, merge } = pull;
  const head = headOf(repository, pull);
  return {
    __typename: "PullRequest",
    id: `PR_${repository.id}_${pull.number}`,
    number: pull.number,
    title: pull.title,
    url: `https://github.com/${repository.owner}/${repository.name}/pull/${pull.number}`,
    state: stateOf(pull),
    closed: !pull.isOpen,
    merged: merge !== null,
    mergeCommit: merge === null ? null : () => commitNode(asker, repository, merge.sha),
    mergedBy: merge === null ? null : actorNode(merge.by),
    isDraft: pull.isDraft,
    author: actorNode(pull.author),
    headRefOid: head,
    headRefName: pull.headBranch,
    baseRefOid: () => baseOf(repository, pull),
    baseRefName: pull.baseBranch,
    isCrossRepository: headRepository !== repository,
    maintainerCanModify: pull.canMaintainersModify,
    headRepository: () =>
      headRepository === null
        ? null
        : {
            __typename: "Repository",
            nameWithOwner: `${headRepository.owner}/${headRepository.name}`,
            isArchived: headRepository.isArchived,
            isFork: headRepository.parent !== null,
          },
    headRepositoryOwner: { ...actorNode(pull.headOwner), __typename: "User" },
    headRef: () => (headRepository === null ? null : refNode(asker, headRepository, pull.headBranch)),
    baseRef: () => refNode(asker, repository, pull.baseBranch),
    labels: (bounds: Bounds) =>
      connection(
        pull.labels.map((name) => ({ id: `LA_${name}`, name, color: "ededed" })),
        bounds,
      ),
    commits: (bounds: Bounds) =>
      connection(
        repository.git
          .text("rev-list", "--reverse", `${baseOf(repository, pull)}..${head}`)
          .split("\n")
          .filter((sha) => sha !== "")
          .map((sha) => ({ id: `PRC_${sha}`, commit: commitNode(asker, repository, sha) })),
        bounds,
      ),
    reviews: ({ states, author, ...bounds }: Bounds & { states?: string[] | null; author?: string | null }) =>
      connection(
        pull.reviews
          .filter((one) => one.state !== "PENDING" || one.author === BOT)
          .filter((one) => states == null || states.includes(one.state))
          .filter((one) => author == null || one.author === author)
          .map(reviewNode),
        bounds,
      ),
    reviewThreads: (bounds: Bounds) =>
      connection(
        threadsOf(pull).map((one) => threadNode(asker, repository, pull, one)),
        bounds,
      ),
    comments: (bounds: Bounds) => connection(pull.timeline.map(timelineCommentNode), bounds),
  };
}

export function reviewId({ id }: ReviewState): string {
  return `PRR_${id}`;
}

export function reviewNode(review: ReviewState) {
  return {
    __typename: "PullRequestReview",
    id: reviewId(review),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    body: review.body,
    state: review.state,
    author: actorNode(review.author),
    viewerDidAuthor: review.author === BOT,
  };
}

function stateOf({ isOpen, merge }: PullState): "OPEN" | "CLOSED" | "MERGED" {
  if (isOpen) return "OPEN";
  return merge === null ? "CLOSED" : "MERGED";
}
