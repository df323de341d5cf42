import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApplicationFunction } from "probot";
import type { Queue } from "../jobs/queue.ts";
import { onChecks } from "./check-events.ts";
import { createJobs } from "./create-jobs.ts";
import { onPullRequests } from "./pull-request-events.ts";
import { onPushes } from "./push-events.ts";
import type { Engine } from "./review-commits.ts";

interface AppParts {
  readonly queue: Queue;
  readonly engine: Engine;
}

/** The Probot application: each event becomes a job at once, and the webhook is acknowledged. */
export function createApp({ queue, engine }: AppParts): ApplicationFunction {
  return (probot, { addHandler }) => {
    addHandler(answerHealth);
    const jobs = createJobs(probot, queue, engine);
    onPullRequests(probot, jobs);
    onPushes(probot, jobs);
    onChecks(probot, jobs);
  };
}

function answerHealth(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== "GET" || request.url !== "/healthz") return false;
  response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
  return true;
}
