import { headOf, mergeBaseOf } from "./change.ts";
import { changedFiles } from "./changed-files.ts";
import type { CheckRunState, CommentState, PullState, RepositoryState, ReviewState } from "./state.ts";

/** What the stand-in's state says about GitHub's objects; `complete` adds what the description requires besides. */
export interface World {
  readonly url: string;
  readonly appId: number;
}

const BOT = {
  login: "yieldsign[bot]",
  id: 2,
  type: "Bot",
  url: "https://api.github.com/users/yieldsign",
  node_id: "B",
};
const PERSON = {
  login: "octocat",
  id: 1,
  type: "User",
  url: "https://api.github.com/users/octocat",
  node_id: "U",
};

export function userObject(): object {
  return PERSON;
}

export function repositoryObject(
  { url }: World,
  { id, owner, name, defaultBranch, parent, isArchived }: RepositoryState,
): object {
  return {
    id,
    name,
    full_name: `${owner}/${name}`,
    owner: { ...PERSON, login: owner },
    html_url: `${url}/${owner}/${name}`,
    default_branch: defaultBranch,
    fork: parent !== null,
    archived: isArchived,
    private: false,
    visibility: "public",
  };
}

export function pullObject(world: World, repository: RepositoryState, pull: PullState): object {
  const head = headOf(repository, pull);
  const base = repository.git.head(pull.baseBranch) ?? "";
  const repo = repositoryObject(world, repository);
  const files = changedFiles(repository, mergeBaseOf(repository, base, head), head);
  const { owner } = repository;
  return {
    id: pull.number,
    number: pull.number,
    state: pull.isOpen ? "open" : "closed",
    draft: pull.isDraft,
    title: pull.title,
    user: PERSON,
    html_url: `${world.url}/${owner}/${repository.name}/pull/${pull.number}`,
    head: {
      label: `${pull.headOwner}:${pull.headBranch}`,
      ref: pull.headBranch,
      sha: head,
      user: { ...PERSON, login: pull.headOwner },
      // GitHub's description does not say so, but a deleted fork is null.
      repo: pull.headRepository === null ? null : repositoryObject(world, pull.headRepository),
    },
    base: { label: `${owner}:${pull.baseBranch}`, ref: pull.baseBranch, sha: base, user: PERSON, repo },
    merged: false,
    merged_by: null,
    changed_files: files.length,
    additions: files.reduce((sum, { additions }) => sum + additions, 0),
    deletions: files.reduce((sum, { deletions }) => sum + deletions, 0),
    comments: 0,
    review_comments: pull.comments.length,
    commits: Number(repository.git.text("rev-list", "--count", `${base}..${head}`)),
    author_association: "OWNER",
    auto_merge: null,
    maintainer_can_modify: pull.canMaintainersModify,
  };
}

export function reviewObject(pull: PullState, { id, body, state, commitId }: ReviewState): object {
  return {
    id,
    body,
    state,
    commit_id: commitId,
    user: BOT,
    html_url: `https://github.com/#review-${id}`,
    pull_request_url: `${pull.number}`,
  };
}

export function commentObject(comment: CommentState): object {
  const { id, reviewId, path, side, commitId, originalLine, originalStartLine, line, startLine, body } =
    comment;
  return {
    id,
    pull_request_review_id: reviewId,
    path,
    body,
    side,
    user: BOT,
    commit_id: commitId,
    original_commit_id: commitId,
    original_line: originalLine,
    original_start_line: originalStartLine,
    // An outdated comment has no current line.
    ...(line === null ? {} : { line, start_line: startLine }),
    diff_hunk: "@@",
    author_association: "NONE",
    html_url: `https://github.com/#discussion_r${id}`,
  };
}

export function checkRunObject({ appId }: World, run: CheckRunState): object {
  return {
    id: run.id,
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    status: run.status,
    conclusion: run.conclusion,
    output: {
      title: run.title,
      summary: run.summary,
      text: null,
      annotations_count: run.annotations.length,
      annotations_url: "https://api.github.com/annotations",
    },
    app: { id: appId, name: "Yieldsign", slug: "yieldsign" },
    pull_requests: [],
    check_suite: { id: 1 },
    started_at: "2026-01-01T00:00:00Z",
    completed_at: run.status === "completed" ? "2026-01-01T00:00:01Z" : null,
  };
}
