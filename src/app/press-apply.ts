import { appendToCheckRun, type ShownCheckRun } from "../github/append-to-check-run.ts";
import type { GitHubClient } from "../github/client.ts";
import { readPermission } from "../github/read-permission.ts";
import { applyFixes } from "./apply-fixes.ts";
import { readWithSettings } from "./read-with-settings.ts";
import type { Engine } from "./review-commits.ts";
import type { PullRequestTarget } from "./review-pull-request.ts";

/** Somebody pressed the check run's button "Apply fixes". */
export interface PressedButton {
  readonly login: string;
  readonly checkRun: ShownCheckRun;
}

/**
 * Commits the repairs if whoever pressed may write, and says in the check run what came of it.
 * @returns What happened, for the log.
 */
export async function pressApply(
  client: GitHubClient,
  target: PullRequestTarget,
  { login, checkRun }: PressedButton,
  engine: Engine,
): Promise<string> {
  const { owner, repo, number } = target;
  const known = await readWithSettings(client, { owner, repo }, number, engine.appId);
  const permission = await readPermission(client, { owner, repo }, login);
  const { isApplied, text } = await applyFixes(client, target, known, permission, engine);
  await appendToCheckRun(client, { owner, repo }, checkRun, text);
  return isApplied ? "applied" : "refused";
}
