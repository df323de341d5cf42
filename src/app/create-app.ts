import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApplicationFunction, Probot } from "probot";
import { completeCheckRun, startCheckRun } from "../github/check-runs.ts";
import type { Repository } from "../github/client.ts";
import { openPullRequestsOf } from "../github/open-pull-requests-of.ts";
import type { Queue } from "../jobs/queue.ts";
import { AnalysisFailed } from "./analysis-thread.ts";
import { countRequests } from "./count-requests.ts";
import { externalId } from "./external-id.ts";
import type { Engine } from "./review-commits.ts";
import { reviewPullRequest } from "./review-pull-request.ts";
import { type Push, reviewPush } from "./review-push.ts";

interface AppParts {
  readonly queue: Queue;
  readonly engine: Engine;
}

interface RepositoryPayload {
  readonly name: string;
  readonly owner: { readonly login: string } | null;
  readonly html_url: string;
  readonly default_branch: string;
}

const DELETED = /^0+$/;

/** The Probot application: each event becomes a job at once, and the webhook is acknowledged. */
export function createApp({ queue, engine }: AppParts): ApplicationFunction {
  return (probot, { addHandler }) => {
    addHandler(answerHealth);

    function addPullRequest(
      payload: RepositoryPayload,
      installation: number,
      number: number,
      headSha: string,
    ): void {
      const repository = toRepository(payload);
      const label = `${repository.owner}/${repository.repo}#${number}`;
      queue.add({
        key: `pull ${label}`,
        label,
        async run() {
          const client = await probot.auth(installation);
          const requests = countRequests(client);
          const outcome = await reviewPullRequest(client, repository, payload.html_url, number, engine);
          probot.log.info(
            { repository: label, head: headSha, outcome, requests: requests() },
            "pull request done",
          );
        },
        giveUp: (error) => giveUp(probot, installation, repository, headSha, error),
      });
    }

    function addPush(payload: RepositoryPayload, installation: number, push: Push): void {
      const repository = toRepository(payload);
      const label = `${repository.owner}/${repository.repo}@${push.branch ?? push.headSha}`;
      queue.add({
        key: `push ${label}`,
        label,
        async run() {
          const client = await probot.auth(installation);
          const requests = countRequests(client);
          const outcome = await reviewPush(client, repository, payload.html_url, push, engine);
          probot.log.info(
            { repository: label, head: push.headSha, outcome, requests: requests() },
            "push done",
          );
        },
        giveUp: (error) => giveUp(probot, installation, repository, push.headSha, error),
      });
    }

    async function rerun(payload: RepositoryPayload, installation: number, headSha: string): Promise<void> {
      const client = await probot.auth(installation);
      const numbers = await openPullRequestsOf(client, toRepository(payload), headSha, null);
      for (const number of numbers) addPullRequest(payload, installation, number, headSha);
      if (numbers.length > 0) return;
      addPush(payload, installation, {
        headSha,
        before: null,
        branch: null,
        defaultBranch: payload.default_branch,
      });
    }

    probot.on(
      [
        "pull_request.opened",
        "pull_request.reopened",
        "pull_request.synchronize",
        "pull_request.ready_for_review",
      ],
      async ({ payload }) => {
        if (payload.installation === undefined) return;
        const { number, head } = payload.pull_request;
        addPullRequest(payload.repository, payload.installation.id, number, head.sha);
      },
    );
    probot.on("pull_request.edited", async ({ payload }) => {
      if (payload.installation === undefined || payload.changes.base === undefined) return;
      const { number, head } = payload.pull_request;
      addPullRequest(payload.repository, payload.installation.id, number, head.sha);
    });
    probot.on("push", async ({ payload }) => {
      const isBranch = payload.ref.startsWith("refs/heads/");
      if (payload.installation === undefined || !isBranch || payload.deleted || DELETED.test(payload.after))
        return;
      addPush(
        { ...payload.repository, default_branch: payload.repository.default_branch },
        payload.installation.id,
        {
          headSha: payload.after,
          before: DELETED.test(payload.before) ? null : payload.before,
          branch: payload.ref.slice("refs/heads/".length),
          defaultBranch: payload.repository.default_branch,
        },
      );
    });
    probot.on("check_run.rerequested", async ({ payload }) => {
      if (payload.installation === undefined) return;
      await rerun(payload.repository, payload.installation.id, payload.check_run.head_sha);
    });
    probot.on("check_suite.rerequested", async ({ payload }) => {
      if (payload.installation === undefined) return;
      await rerun(payload.repository, payload.installation.id, payload.check_suite.head_sha);
    });
  };
}

function toRepository({ name, owner }: RepositoryPayload): Repository {
  return { owner: owner?.login ?? "", repo: name };
}

/** Our own failure is never red and never leaves the check spinning: it ends neutral, with the reason. */
async function giveUp(
  probot: Probot,
  installation: number,
  repository: Repository,
  headSha: string,
  error: unknown,
): Promise<void> {
  const client = await probot.auth(installation);
  const checkRun = await startCheckRun(client, repository, headSha, externalId(headSha));
  const reason =
    error instanceof AnalysisFailed ? error.message.split("\n")[0] : "GitHub or Yieldsign had a problem";
  await completeCheckRun(client, repository, checkRun, {
    conclusion: "neutral",
    title: "Not checked",
    summary: `The change could not be checked: ${reason}. Re-run the check to try again.`,
    text: null,
    annotations: [],
  });
}

function answerHealth(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== "GET" || request.url !== "/healthz") return false;
  response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
  return true;
}
