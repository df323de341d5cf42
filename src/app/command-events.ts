import type { Probot } from "probot";
import { APPLY_ACTION } from "../review/apply-action.ts";
import { parseCommand } from "../review/parse-command.ts";
import type { CommandJobs } from "./command-jobs.ts";
import { pullOfKey } from "./job-key.ts";

/** Commands in new comments of people on pull requests, and the check run's button. Edits of comments are no commands. */
export function onCommands(probot: Probot, jobs: CommandJobs): void {
  probot.on("issue_comment.created", async ({ payload }) => {
    const { installation, repository, issue, comment, sender } = payload;
    if (installation === undefined || issue.pull_request === undefined || sender.type === "Bot") return;
    const command = parseCommand(comment.body);
    if (command === null) return;
    jobs.answer({ installation: installation.id, repository }, issue.number, {
      command,
      login: sender.login,
      comment: { kind: "timeline", id: comment.id },
    });
  });
  probot.on("pull_request_review_comment.created", async ({ payload }) => {
    const { installation, repository, pull_request: pull, comment, sender } = payload;
    if (installation === undefined || sender.type === "Bot") return;
    const command = parseCommand(comment.body);
    if (command === null) return;
    const place = { kind: "thread", id: comment.id, rootId: comment.in_reply_to_id ?? comment.id } as const;
    jobs.answer({ installation: installation.id, repository: { ...repository } }, pull.number, {
      command,
      login: sender.login,
      comment: place,
    });
  });
  probot.on("check_run.requested_action", async ({ payload }) => {
    const { installation, repository, check_run: run, requested_action: action, sender } = payload;
    const number = pullOfKey(run.external_id ?? "");
    if (installation === undefined || number === null || action?.identifier !== APPLY_ACTION.identifier)
      return;
    const { title, summary, text } = run.output;
    jobs.apply({ installation: installation.id, repository }, number, {
      login: sender.login,
      checkRun: { id: run.id, title: title ?? "", summary: summary ?? "", text },
    });
  });
}
