import { pino } from "pino";
import { Probot, ProbotOctokit, Server } from "probot";
import { DEFAULT_RATES, type LimiterOptions } from "../github/limiter.ts";
import { openFeedback } from "../jobs/feedback.ts";
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
/** Before the first sweep: a server that crashes at once in a loop should not ask GitHub each time. */
const FIRST_SWEEP_MS = 10_000;

/**
 * Starts the registered App's server.
 * @param rates How fast each installation may go. Operators cannot set it: going on where GitHub asks to wait may get
 * the App banned.
 */
export async function startServer(
  settings: Settings & { app: NonNullable<Settings["app"]> },
  rates: LimiterOptions = DEFAULT_RATES,
): Promise<RunningServer> {
  const { app, baseUrl, host, port, logLevel, sweepMinutes, dataDirectory } = settings;
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
      Octokit: ProbotOctokit.defaults(withOwnDefaults),
      ...(baseUrl === null ? {} : { baseUrl }),
    }),
  });
  const queue = createInProcessQueue({
    concurrency: CONCURRENT_JOBS,
    retryDelay,
    onError: (error, { label }, attempt) =>
      log.error({ err: error, repository: label, attempt }, "job failed"),
  });
  const stopping = new AbortController();
  await server.load(
    createApp({
      queue,
      engine: {
        appId: app.id,
        thread,
        cache: createSourceCache(),
        feedback: openFeedback(dataDirectory, log),
      },
      rates,
      sweeps: sweepMinutes === 0 ? null : { first: FIRST_SWEEP_MS, interval: sweepMinutes * 60_000 },
      stopped: stopping.signal,
    }),
  );
  await server.start();
  return {
    host: server.host,
    port: server.port,
    async stop() {
      stopping.abort();
      await server.stop();
      await queue.drain();
      await thread.stop();
    },
  };
}

/** Refusals that no repetition changes. Octokit's own list lacks 429: it would go on while GitHub asks to wait. */
const NOT_REPEATED = [400, 401, 403, 404, 410, 422, 429, 451];

interface OctokitOptions {
  readonly baseUrl?: string;
  readonly auth?: { readonly request?: typeof ProbotOctokit.prototype.request };
}

/**
 * Probot's limiter would sleep in the job and share one rate among all installations; `github/limiter.ts` does neither.
 * And where Probot asks for a token outside of a request, it would ask github.com, also for a server of one's own.
 */
function withOwnDefaults<Options extends object>(options: Options) {
  const { baseUrl, auth }: OctokitOptions = options;
  const request = baseUrl === undefined ? undefined : auth?.request?.defaults({ baseUrl });
  return {
    ...options,
    ...(request === undefined ? {} : { auth: { ...auth, request } }),
    throttle: { enabled: false },
    retry: { doNotRetry: NOT_REPEATED },
  };
}
