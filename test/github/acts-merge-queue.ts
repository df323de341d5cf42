import { mergeCommit } from "./merge-commit.ts";
import type { PullState, RepositoryState } from "./state.ts";

/** A merge queue: github.com only. */
export interface MergeQueueActs {
  /** "Merge when ready": the queue makes a merge commit on a branch of its own and asks for checks. */
  enqueue(repository: RepositoryState, number: number): Promise<MergeGroup>;
  /** The group is done with: merged (the base moves, the pull request closes), or taken out. */
  destroyMergeGroup(
    repository: RepositoryState,
    group: MergeGroup,
    reason: "merged" | "invalidated" | "dequeued",
  ): Promise<void>;
}

interface MergeGroup {
  readonly number: number;
  /** The branch with `refs/heads/` in front, as the event has it. */
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
}

interface MergeQueueDesk {
  readonly isEnterprise: boolean;
  pullOf(repository: RepositoryState, number: number): PullState;
  deliver(repository: RepositoryState, event: string, known: Record<string, unknown>): Promise<void>;
  /** Delivers a push for what has happened to a branch. */
  moved(repository: RepositoryState, branch: string, before: string | null, forced: boolean): Promise<string>;
  /** The pull request is closed as merged. */
  closeMerged(
    repository: RepositoryState,
    number: number,
    merge: Omit<NonNullable<PullState["merge"]>, "by">,
  ): Promise<void>;
}

export function createMergeQueueActs(desk: MergeQueueDesk): MergeQueueActs {
  const sender = { login: "github-merge-queue[bot]", id: 3, type: "Bot", node_id: "Q" };

  function payloadOf(repository: RepositoryState, group: MergeGroup): object {
    const { git } = repository;
    const person = { name: "GitHub", email: "noreply@github.com" };
    return {
      head_sha: group.headSha,
      head_ref: group.headRef,
      base_sha: group.baseSha,
      base_ref: group.baseRef,
      head_commit: {
        id: group.headSha,
        tree_id: git.text("rev-parse", `${group.headSha}^{tree}`),
        message: git.text("log", "-1", "--format=%B", group.headSha),
        timestamp: "2026-01-01T00:00:00Z",
        author: person,
        committer: person,
      },
    };
  }

  return {
    async enqueue(repository, number) {
      if (desk.isEnterprise) throw new Error("GitHub Enterprise Server has no merge_group event");
      const { git } = repository;
      const pull = desk.pullOf(repository, number);
      const { sha: headSha, baseSha } = mergeCommit(repository, pull);
      const branch = `gh-readonly-queue/${pull.baseBranch}/pr-${number}-${baseSha}`;
      git.text("update-ref", `refs/heads/${branch}`, headSha);
      const group = {
        number,
        headRef: `refs/heads/${branch}`,
        headSha,
        baseRef: `refs/heads/${pull.baseBranch}`,
        baseSha,
      };
      await desk.moved(repository, branch, null, false);
      await desk.deliver(repository, "merge_group", {
        action: "checks_requested",
        merge_group: payloadOf(repository, group),
        sender,
      });
      return group;
    },
    async destroyMergeGroup(repository, group, reason) {
      const { git } = repository;
      await desk.deliver(repository, "merge_group", {
        action: "destroyed",
        reason,
        merge_group: payloadOf(repository, group),
        sender,
      });
      if (reason === "merged") {
        git.text("update-ref", group.baseRef, group.headSha, group.baseSha);
        await desk.moved(repository, group.baseRef.slice("refs/heads/".length), group.baseSha, false);
        await desk.closeMerged(repository, group.number, { sha: group.headSha, baseSha: group.baseSha });
      }
      git.text("update-ref", "-d", group.headRef);
      await desk.moved(repository, group.headRef.slice("refs/heads/".length), group.headSha, false);
    },
  };
}
