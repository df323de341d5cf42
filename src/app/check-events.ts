import type { Probot } from "probot";
import type { Jobs } from "./create-jobs.ts";
import { pullOfKey } from "./job-key.ts";

/** The page's buttons "Re-run" and "Re-run all checks". */
export function onChecks(probot: Probot, jobs: Jobs): void {
  probot.on("check_run.rerequested", async ({ payload }) => {
    if (payload.installation === undefined) return;
    const { head_sha: headSha, external_id: key } = payload.check_run;
    const origin = { installation: payload.installation.id, repository: payload.repository };
    const number = pullOfKey(key ?? "");
    if (number === null) jobs.reviewHead(origin, headSha);
    else jobs.reviewPull(origin, number, headSha);
  });
  probot.on("check_suite.rerequested", async ({ payload }) => {
    if (payload.installation === undefined) return;
    const origin = { installation: payload.installation.id, repository: payload.repository };
    jobs.reviewHead(origin, payload.check_suite.head_sha);
  });
}
