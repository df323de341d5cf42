import { withParagraphs } from "../review/with-notes.ts";
import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";

/** A check run as a webhook shows it. */
export interface ShownCheckRun {
  readonly id: number;
  readonly title: string;
  readonly summary: string;
  readonly text: string | null;
}

/** Puts a paragraph behind the summary of a check run and leaves the rest as it is. @throws GitHubError */
export async function appendToCheckRun(
  client: GitHubClient,
  repository: Repository,
  { id, title, summary, text }: ShownCheckRun,
  paragraph: string,
): Promise<void> {
  try {
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...repository,
      check_run_id: id,
      output: {
        title,
        summary: withParagraphs(summary, [paragraph]),
        ...(text === null ? {} : { text }),
      },
    });
  } catch (error) {
    throw toGitHubError(error);
  }
}
