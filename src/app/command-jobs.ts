import type { Probot } from "probot";
import { appendToCheckRun } from "../github/append-to-check-run.ts";
import type { GitHubClient } from "../github/client.ts";
import { reactToComment } from "../github/react-to-comment.ts";
import { readPullRequestState } from "../github/read-pull-request-state.ts";
import type { Queue } from "../jobs/queue.ts";
import { refusalText } from "../review/command-answers.ts";
import { answerCommand, type CommandRequest, writeAnswer } from "./answer-command.ts";
import type { Clients } from "./clients.ts";
import { type Jobs, type Origin, repositoryOf } from "./create-jobs.ts";
import { type PressedButton, pressApply } from "./press-apply.ts";
import type { Engine } from "./review-commits.ts";
import type { PullRequestTarget } from "./review-pull-request.ts";
import { runJob } from "./run-job.ts";

/** What people ask for; each call adds a job to the queue and returns at once. */
export interface CommandJobs {
  answer(origin: Origin, number: number, request: CommandRequest): void;
  apply(origin: Origin, number: number, button: PressedButton): void;
}

/** Makes jobs of commands and buttons. The same comment or button is one job, however often GitHub tells of it. */
export function createCommandJobs(
  probot: Probot,
  clients: Clients,
  queue: Queue,
  engine: Engine,
  jobs: Jobs,
): CommandJobs {
  function add(
    origin: Origin,
    number: number,
    key: string,
    work: (client: GitHubClient, target: PullRequestTarget) => Promise<string>,
    giveUp: (client: GitHubClient, target: PullRequestTarget) => Promise<void>,
  ): void {
    const { installation } = origin;
    const target = { ...repositoryOf(origin), htmlUrl: origin.repository.html_url, number };
    const name = `${target.owner}/${target.repo}`;
    const label = `${name} ${key}`;
    queue.add({
      key: label,
      label,
      run: () =>
        runJob(clients, probot.log, { installation, repository: name, job: key, head: null }, (client) =>
          work(client, target),
        ),
      giveUp: async () => giveUp(await clients(installation), target),
    });
  }

  return {
    answer(origin, number, request) {
      const { comment } = request;
      add(
        origin,
        number,
        `answer/${comment.id}`,
        (client, target) =>
          answerCommand(client, target, request, {
            engine,
            review: (headSha) => jobs.reviewPull(origin, number, headSha),
          }),
        async (client, target) => {
          const repository = { owner: target.owner, repo: target.repo };
          await reactToComment(client, repository, comment, "confused");
          const { state } = await readPullRequestState(client, repository, number, engine.appId);
          if (!state.answered.includes(comment.id))
            await writeAnswer(client, target, comment, refusalText("failed"));
        },
      );
    },
    apply(origin, number, button) {
      add(
        origin,
        number,
        `apply/${button.checkRun.id}`,
        (client, target) => pressApply(client, target, button, engine),
        (client, { owner, repo }) =>
          appendToCheckRun(client, { owner, repo }, button.checkRun, refusalText("failed")),
      );
    },
  };
}
