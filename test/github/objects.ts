import { baseOf, headOf, mergeBaseOf } from "./change.ts";
import { changedFiles } from "./changed-files.ts";
import { userObject } from "./people.ts";
import type {
  AnyCommentState,
  CheckRunState,
  CommentState,
  PullState,
  ReactionState,
  RepositoryState,
  ReviewState,
  TimelineCommentState,
} from "./state.ts";

/** What the stand-in's state says about GitHub's objects; `complete` adds what the description requires besides. */
export interface World {
  readonly url: string;
  readonly appId: number;
}

export function repositoryObject(
  { url }: World,
  { id, owner, name, defaultBranch, parent, isArchived }: RepositoryState,
): object {
  return {
    id,
    name,
    full_name: `${owner}/${name}`,
    owner: userObject(owner),
    html_url: `${url}/${owner}/${name}`,
    default_branch: defaultBranch,
    fork: parent !== null,
    archived: isArchived,
    disabled: false,
    pushed_at: new Date().toISOString(),
    private: false,
    visibility: "public",
  };
}

export function pullObject(world: World, repository: RepositoryState, pull: PullState): object {
  const head = headOf(repository, pull);
  const base = baseOf(repository, pull);
  const repo = repositoryObject(world, repository);
  const files = changedFiles(repository, mergeBaseOf(repository, base, head), head);
  const { owner } = repository;
  return {
    id: pull.number,
    number: pull.number,
    state: pull.isOpen ? "open" : "closed",
    draft: pull.isDraft,
    title: pull.title,
    user: userObject(pull.author),
    labels: pull.labels.map(labelObject),
    html_url: `${world.url}/${owner}/${repository.name}/pull/${pull.number}`,
    head: {
      label: `${pull.headOwner}:${pull.headBranch}`,
      ref: pull.headBranch,
      sha: head,
      user: userObject(pull.headOwner),
      // GitHub's description does not say so, but a deleted fork is null.
      repo: pull.headRepository === null ? null : repositoryObject(world, pull.headRepository),
    },
    base: {
      label: `${owner}:${pull.baseBranch}`,
      ref: pull.baseBranch,
      sha: base,
      user: userObject(owner),
      repo,
    },
    merged: pull.merge !== null,
    merged_at: pull.merge === null ? null : "2026-01-01T00:00:00Z",
    merge_commit_sha: pull.merge?.sha ?? null,
    merged_by: pull.merge === null ? null : userObject(pull.merge.by),
    changed_files: files.length,
    additions: files.reduce((sum, { additions }) => sum + additions, 0),
    deletions: files.reduce((sum, { deletions }) => sum + deletions, 0),
    comments: pull.timeline.length,
    review_comments: pull.comments.length,
    commits: Number(repository.git.text("rev-list", "--count", `${base}..${head}`)),
    author_association: "OWNER",
    auto_merge: null,
    maintainer_can_modify: pull.canMaintainersModify,
  };
}

export function labelObject(name: string): object {
  return {
    id: userObject(name).id,
    node_id: `LA_${name}`,
    url: `https://api.github.com/labels/${encodeURIComponent(name)}`,
    name,
    color: "ededed",
    default: false,
    description: null,
  };
}

/** A pull request as an issue, which is how the events of its timeline show it. */
export function issueObject(world: World, { owner, name }: RepositoryState, pull: PullState): object {
  const url = `${world.url}/${owner}/${name}/pull/${pull.number}`;
  return {
    id: pull.number,
    number: pull.number,
    title: pull.title,
    state: pull.isOpen ? "open" : "closed",
    draft: pull.isDraft,
    user: userObject(pull.author),
    labels: pull.labels.map(labelObject),
    html_url: url,
    comments: pull.timeline.length,
    pull_request: { url, html_url: url, diff_url: `${url}.diff`, patch_url: `${url}.patch`, merged_at: null },
    author_association: "CONTRIBUTOR",
    reactions: reactionsObject([]),
  };
}

export function reviewObject(pull: PullState, { id, author, body, state, commitId }: ReviewState): object {
  return {
    id,
    body,
    state,
    commit_id: commitId,
    user: userObject(author),
    html_url: `https://github.com/#review-${id}`,
    pull_request_url: `${pull.number}`,
  };
}

/** A comment in the timeline. */
export function timelineCommentObject(comment: TimelineCommentState): object {
  return { ...anyCommentObject(comment), html_url: `https://github.com/#issuecomment-${comment.id}` };
}

/** A comment on lines. */
export function commentObject(comment: CommentState): object {
  const { id, reviewId, path, side, commitId, originalLine, originalStartLine, line, startLine, inReplyTo } =
    comment;
  return {
    ...anyCommentObject(comment),
    pull_request_review_id: reviewId,
    ...(inReplyTo === null ? {} : { in_reply_to_id: inReplyTo }),
    path,
    side,
    commit_id: commitId,
    original_commit_id: commitId,
    original_line: originalLine,
    original_start_line: originalStartLine,
    // An outdated comment has no current line.
    ...(line === null ? {} : { line, start_line: startLine }),
    diff_hunk: "@@",
    html_url: `https://github.com/#discussion_r${id}`,
  };
}

const REACTIONS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

function reactionsObject(reactions: readonly ReactionState[]): object {
  const counts = REACTIONS.map((content) => [
    content,
    reactions.filter((one) => one.content === content).length,
  ]);
  return {
    url: "https://api.github.com/reactions",
    total_count: reactions.length,
    ...Object.fromEntries(counts),
  };
}

function anyCommentObject({ id, body, author, createdAt, reactions }: AnyCommentState): object {
  return {
    id,
    node_id: `C_${id}`,
    body,
    user: userObject(author),
    created_at: createdAt,
    updated_at: createdAt,
    author_association: "NONE",
    reactions: reactionsObject(reactions),
  };
}

export function reactionObject({ id, user, content, createdAt }: ReactionState): object {
  return { id, node_id: `REA_${id}`, user: userObject(user), content, created_at: createdAt };
}

export function checkRunObject({ appId, url }: World, run: CheckRunState): object {
  return {
    id: run.id,
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    status: run.status,
    conclusion: run.conclusion,
    // By default the App's own page.
    details_url: run.detailsUrl ?? `${url}/apps/yieldsign`,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: "https://api.github.com/annotations",
    },
    app: { id: appId, name: "Yieldsign", slug: "yieldsign" },
    pull_requests: [],
    check_suite: { id: 1 },
    started_at: run.startedAt,
    completed_at: run.status === "completed" ? run.startedAt : null,
  };
}
