import type { Probot } from "probot";
import type { Jobs } from "./create-jobs.ts";
import { jobKey } from "./job-key.ts";

const NOTHING = /^0+$/;
/**
 * Branches of merge queues. An installation that did not grant `merge_queues` hears of them as of any push, and a check
 * that is required would keep the queue waiting.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
const MERGE_QUEUE = "gh-readonly-queue/";
/** Such a branch's name ends with the commit that the group was put on. */
const GROUP_BASE = /-([0-9a-f]{40})$/;

/** Pushed branches and entries of the merge queue get a check run. */
export function onPushes(probot: Probot, jobs: Jobs): void {
  probot.on("push", async ({ payload }) => {
    const { ref, before, after, deleted, repository, installation } = payload;
    if (installation === undefined || deleted || NOTHING.test(after)) return;
    if (!ref.startsWith("refs/heads/")) return;
    const branch = ref.slice("refs/heads/".length);
    const isMergeQueue = branch.startsWith(MERGE_QUEUE);
    const known = NOTHING.test(before) ? null : before;
    jobs.reviewPush(
      {
        installation: installation.id,
        repository: { ...repository, default_branch: repository.default_branch },
      },
      {
        key: jobKey.push(branch, after),
        headSha: after,
        before: isMergeQueue ? (GROUP_BASE.exec(branch)?.[1] ?? known) : known,
        branch: isMergeQueue ? null : branch,
        defaultBranch: repository.default_branch,
        isMergeQueue,
      },
    );
  });
  probot.on("merge_group.checks_requested", async ({ payload }) => {
    const { merge_group: group, repository, installation } = payload;
    if (installation === undefined || repository === undefined) return;
    jobs.reviewPush(
      { installation: installation.id, repository },
      {
        key: jobKey.mergeGroup(group.head_sha),
        headSha: group.head_sha,
        before: group.base_sha,
        branch: null,
        defaultBranch: repository.default_branch,
      },
    );
  });
}
