import { pino } from "pino";
import { Probot, ProbotOctokit, Server } from "probot";
import { createInProcessQueue } from "../jobs/in-process-queue.ts";
import { retryDelay } from "../jobs/retry-delay.ts";
import { startAnalysisThread } from "./analysis-thread.ts";
import { createApp } from "./create-app.ts";
import type { Settings } from "./read-settings.ts";
import { createSourceCache } from "./source-cache.ts";

/** A running server. */
export interface RunningServer {
  readonly host: string;
  readonly port: number;
  /** Takes no more webhooks, finishes the jobs it has, ends the analysis thread. */
  stop(): Promise<void>;
}

const CONCURRENT_JOBS = 4;

/** Starts the registered App's server. */
export async function startServer(
  settings: Settings & { app: NonNullable<Settings["app"]> },
): Promise<RunningServer> {
  const { app, baseUrl, host, port, logLevel } = settings;
  const thread = startAnalysisThread();
  const log = pino({ name: "yieldsign", level: logLevel });
  const server = new Server({
    host,
    port,
    log,
    Probot: Probot.defaults({
      appId: app.id,
      privateKey: app.privateKey,
      secret: app.webhookSecret,
      log,
      // Probot's limiter would sleep in the job and repeat POSTs; the queue reschedules instead (GITHUB.md §0).
      Octokit: ProbotOctokit.defaults(withoutThrottling),
      ...(baseUrl === null ? {} : { baseUrl }),
    }),
  });
  const queue = createInProcessQueue({
    concurrency: CONCURRENT_JOBS,
    retryDelay,
    onError: (error, { label }, attempt) =>
      log.error({ err: error, repository: label, attempt }, "job failed"),
  });
  await server.load(createApp({ queue, engine: { appId: app.id, thread, cache: createSourceCache() } }));
  await server.start();
  return {
    host: server.host,
    port: server.port,
    async stop() {
      await server.stop();
      await queue.drain();
      await thread.stop();
    },
  };
}

function withoutThrottling<Options extends object>(
  options: Options,
): Options & { throttle: { enabled: false } } {
  return { ...options, throttle: { enabled: false } };
}
