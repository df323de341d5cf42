import type { Probot } from "probot";
import type { Jobs } from "./create-jobs.ts";

/** Events after which a pull request is looked at again. A closed one is, so that its check run does not spin on. */
export function onPullRequests(probot: Probot, jobs: Jobs): void {
  probot.on(
    [
      "pull_request.opened",
      "pull_request.reopened",
      "pull_request.synchronize",
      "pull_request.ready_for_review",
      "pull_request.converted_to_draft",
      "pull_request.closed",
      "pull_request.labeled",
      "pull_request.unlabeled",
    ],
    async ({ payload }) => {
      if (payload.installation === undefined) return;
      const { number, head } = payload.pull_request;
      const origin = { installation: payload.installation.id, repository: payload.repository };
      jobs.reviewPull(origin, number, head.sha);
    },
  );
  probot.on("pull_request.edited", async ({ payload }) => {
    // Another base is another change; another title is not.
    if (payload.installation === undefined || payload.changes.base === undefined) return;
    const { number, head } = payload.pull_request;
    const origin = { installation: payload.installation.id, repository: payload.repository };
    jobs.reviewPull(origin, number, head.sha);
  });
}
