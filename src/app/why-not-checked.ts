import { toGitHubError } from "../github/github-error.ts";
import { AnalysisFailed } from "./analysis-thread.ts";
import { DeadlineExceeded } from "./with-deadline.ts";

/** Why a job was given up, for the check run: half a sentence, without anything that came from outside. */
export function whyNotChecked(error: unknown): string {
  if (error instanceof AnalysisFailed) return error.message.split("\n")[0] ?? "";
  if (error instanceof DeadlineExceeded) return error.message;
  if (/^no common ancestor/i.test(toGitHubError(error).message))
    return "the branches have no commit in common";
  return "GitHub or Yieldsign had a problem";
}
