import type { GitHubClient, Repository } from "../github/client.ts";
import { MAX_SARIF_RESULTS } from "../github/limits.ts";
import { uploadSarif } from "../github/upload-sarif.ts";
import { sarif } from "../report/sarif.ts";
import type { Links } from "../review/links.ts";
import type { LocatedDiagnostic } from "../review/match-threads.ts";
import type { ReviewedFile } from "../review/plan-review.ts";
import { RULES } from "../rules/index.ts";
import { version } from "../version.ts";

/** A reviewed pull request. */
export interface ReviewedPull {
  readonly number: number;
  readonly headSha: string;
  readonly files: readonly ReviewedFile[];
  /** What the change introduced, without what is ignored. */
  readonly found: readonly LocatedDiagnostic[];
  readonly links: Links;
}

/** Documents of the command line have no category, so neither upload replaces the other. */
const CATEGORY = "yieldsign/pull";

const RANKS = { error: 0, warning: 1, info: 2 } as const;

/**
 * Uploads the findings of a pull request to code scanning, which shows them as alerts of the pull request.
 *
 * Only pull requests are uploaded, and only what they introduce. An upload replaces the last one of the same reference
 * and category: for a branch it would have to hold the whole repository, and the App looks at changed files only, so
 * every finding elsewhere would be taken for fixed. For branches there is `yieldsign check --format sarif`.
 * @returns A line for the check run that says why it was not possible, or null.
 */
export async function uploadFindings(
  client: GitHubClient,
  repository: Repository,
  { number, headSha, files, found, links }: ReviewedPull,
): Promise<string | null> {
  const first = [...found]
    .sort((a, b) => RANKS[a.diagnostic.severity] - RANKS[b.diagnostic.severity])
    .slice(0, MAX_SARIF_RESULTS);
  const chosen = new Set(first.map(({ diagnostic }) => diagnostic));
  const reports = files.map(({ path, head }) => {
    const diagnostics = found.filter((one) => one.path === path && chosen.has(one.diagnostic));
    return { ...head, diagnostics: diagnostics.map(({ diagnostic }) => diagnostic) };
  });
  const text = sarif({
    files: reports,
    version: version(),
    category: CATEGORY,
    displayPath: (path) => path,
    explains: true,
    rulePage: links.rulePage,
    rules: RULES,
  });
  const refused = await uploadSarif(client, repository, {
    commitSha: headSha,
    ref: `refs/pull/${number}/head`,
    text,
  });
  return refused === null ? null : `The findings were not uploaded to code scanning: ${refused}.`;
}
