import type { Probot } from "probot";
import type { Jobs } from "./create-jobs.ts";
import { jobKey } from "./job-key.ts";

const NOTHING = /^0+$/;
/** Branches on which GitHub tries the merge queue; they have an event of their own. */
const MERGE_QUEUE = "refs/heads/gh-readonly-queue/";

/** Pushed branches and entries of the merge queue get a check run. */
export function onPushes(probot: Probot, jobs: Jobs): void {
  probot.on("push", async ({ payload }) => {
    const { ref, before, after, deleted, repository, installation } = payload;
    if (installation === undefined || deleted || NOTHING.test(after)) return;
    if (!ref.startsWith("refs/heads/") || ref.startsWith(MERGE_QUEUE)) return;
    const branch = ref.slice("refs/heads/".length);
    jobs.reviewPush(
      {
        installation: installation.id,
        repository: { ...repository, default_branch: repository.default_branch },
      },
      {
        key: jobKey.push(branch, after),
        headSha: after,
        before: NOTHING.test(before) ? null : before,
        branch,
        defaultBranch: repository.default_branch,
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
