import type { Probot } from "probot";
import type { GitHubClient } from "../github/client.ts";
import type { Clients } from "./clients.ts";
import type { Jobs } from "./create-jobs.ts";
import { everySoOften, type Schedule } from "./every-so-often.ts";
import { sweepStaleChecks } from "./sweep-stale-checks.ts";

/** Sweeps at times, until the signal comes; what a sweep did is logged. */
export function startSweeps(
  probot: Probot,
  appId: number,
  clients: Clients,
  jobs: Jobs,
  schedule: Schedule,
  signal: AbortSignal,
): void {
  everySoOften(schedule, signal, async () => {
    try {
      const result = await sweepStaleChecks({
        appId,
        appClient: (await probot.auth()) as GitHubClient,
        clients,
        jobs,
        now: Date.now(),
        random: Math.random,
        warn: (fields, message) => probot.log.warn(fields, message),
      });
      probot.log.info(result, "sweep done");
    } catch (error) {
      probot.log.warn({ err: error }, "sweep failed");
    }
  });
}
