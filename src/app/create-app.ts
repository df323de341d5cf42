import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApplicationFunction } from "probot";
import type { LimiterOptions } from "../github/limiter.ts";
import type { Queue } from "../jobs/queue.ts";
import { onChecks } from "./check-events.ts";
import { createClients } from "./clients.ts";
import { onCommands } from "./command-events.ts";
import { createCommandJobs } from "./command-jobs.ts";
import { createJobs } from "./create-jobs.ts";
import type { Schedule } from "./every-so-often.ts";
import { onPullRequests } from "./pull-request-events.ts";
import { onPushes } from "./push-events.ts";
import type { Engine } from "./review-commits.ts";
import { startSweeps } from "./start-sweeps.ts";

interface AppParts {
  readonly queue: Queue;
  readonly engine: Engine;
  /** How fast each installation may go. */
  readonly rates: LimiterOptions;
  /** When to look for check runs that a crash left in progress; null for never. */
  readonly sweeps: Schedule | null;
  /** Ends the sweeps. */
  readonly stopped: AbortSignal;
}

/** The Probot application: each event becomes a job at once, and the webhook is acknowledged. */
export function createApp({ queue, engine, rates, sweeps, stopped }: AppParts): ApplicationFunction {
  return (probot, { addHandler }) => {
    addHandler(answerHealth);
    const clients = createClients(probot, rates);
    const jobs = createJobs(probot, clients, queue, engine);
    if (sweeps !== null) startSweeps(probot, engine.appId, clients, jobs, sweeps, stopped);
    onPullRequests(probot, jobs);
    onPushes(probot, jobs);
    onChecks(probot, jobs);
    onCommands(probot, createCommandJobs(probot, clients, queue, engine, jobs));
  };
}

function answerHealth(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== "GET" || request.url !== "/healthz") return false;
  response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
  return true;
}
