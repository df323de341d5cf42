import { gzipSync } from "node:zlib";
import type { GitHubClient, Repository } from "./client.ts";
import { type GitHubError, toGitHubError } from "./github-error.ts";
import { MAX_SARIF_BYTES } from "./limits.ts";

/** An analysis for code scanning. */
export interface SarifUpload {
  readonly commitSha: string;
  /** Full name of the reference: `refs/pull/12/head` or `refs/heads/main`. */
  readonly ref: string;
  /** The SARIF document. */
  readonly text: string;
}

/**
 * Uploads an analysis to code scanning. Nothing that goes wrong here is an error: not every repository has code scanning.
 * https://docs.github.com/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data
 * @returns Null if GitHub took it, otherwise why not: half a sentence in our own words.
 */
export async function uploadSarif(
  client: GitHubClient,
  repository: Repository,
  { commitSha, ref, text }: SarifUpload,
): Promise<string | null> {
  const zipped = gzipSync(text);
  if (zipped.length > MAX_SARIF_BYTES) return TOO_LARGE;
  try {
    await client.request("POST /repos/{owner}/{repo}/code-scanning/sarifs", {
      ...repository,
      commit_sha: commitSha,
      ref,
      sarif: zipped.toString("base64"),
      tool_name: "Yieldsign",
    });
    return null;
  } catch (error) {
    return whyRefused(toGitHubError(error));
  }
}

const TOO_LARGE = "there are too many of them";

/** GitHub says "Advanced Security must be enabled for this repository to use code scanning", or "… is not enabled". */
function whyRefused({ status, message, isRateLimit }: GitHubError): string {
  if (isRateLimit) return "GitHub asked to wait";
  if (status === 403 && /enabled/i.test(message)) return "code scanning is not enabled for this repository";
  if (status === 403) return "the App is not permitted to (`security_events: write`)";
  if (status === 404) return "this repository has no code scanning";
  if (status === 413) return TOO_LARGE;
  return "GitHub did not accept them";
}
