import { Probot, ProbotOctokit } from "probot";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { parsePatch } from "../../src/diff/parse-patch.ts";
import type { Diagnostic, FileReport } from "../../src/fixes/fix.ts";
import { createReviewWithFallback } from "../../src/github/create-review.ts";
import { findIdentities, identityOf } from "../../src/review/identity.ts";
import { planReview } from "../../src/review/plan-review.ts";
import { changedFiles, mergeBaseOf } from "../github/change.ts";
import { startGitHub } from "../github/start-github.ts";
import type { CommentState, RepositoryState } from "../github/state.ts";
import { checkTexts } from "../rules/check-text.ts";
import { withCachedGit } from "./cached-git.ts";

/** What a pull request changes: the repository before and after it, and the rules that look at it. */
export interface Change {
  readonly name: string;
  readonly base: ReadonlyMap<string, string>;
  readonly head: ReadonlyMap<string, string>;
  readonly rules: readonly string[];
}

/** A comment that stands on the pull request, with the findings that it speaks of. */
export interface PostedComment {
  readonly comment: CommentState;
  readonly diagnostics: readonly Diagnostic[];
}

/** A pull request after its review. */
export interface ReviewedChange extends Change {
  readonly repository: RepositoryState;
  readonly number: number;
  /** What was found at the head. */
  readonly reports: readonly FileReport[];
  readonly comments: readonly PostedComment[];
}

/** Makes pull requests on one stand-in and reviews them without a server: analysis, plan and request are the product's. */
export interface Reviewer {
  review(change: Change): Promise<ReviewedChange>;
  check(files: ReadonlyMap<string, string>, rules: readonly string[]): FileReport[];
  /** Presses the page's button for these comments, which moves the branch; answers the new texts. */
  commit(reviewed: ReviewedChange, comments: readonly PostedComment[]): Promise<Map<string, string>>;
  readonly violations: readonly string[];
  stop(): Promise<void>;
}

const LINKS = {
  rulePage: (rule: string) => `https://yieldsign.dev/rules/${rule}`,
  source: (path: string, line: number) => `https://github.com/acme/shop/blob/main/${path}#L${line}`,
};

/** Starts a stand-in of one's own and the analyser. */
export async function openReviewer(): Promise<Reviewer> {
  const github = await startGitHub();
  const analyser = await createAnalyser();
  const probot = new Probot({
    appId: github.appId,
    privateKey: github.privateKey,
    baseUrl: `http://${github.host}/api/v3`,
    logLevel: "fatal",
    // Probot sets options of its own; only a function has the last word.
    Octokit: ProbotOctokit.defaults((options: object) => ({ ...options, throttle: { enabled: false } })),
  });
  const client = await probot.auth(1);
  const repository = github.createRepository({
    owner: "acme",
    name: "shop",
    files: { "README.md": "# Shop\n" },
  });
  let count = 0;

  const check: Reviewer["check"] = (files, rules) => checkTexts(analyser, files, rules);

  async function review(change: Change): Promise<ReviewedChange> {
    count += 1;
    const branches = { base: `base-${count}`, head: `head-${count}` };
    const files = { "README.md": "# Shop\n", ...Object.fromEntries(change.base) };
    const base = repository.git.commit(branches.base, files, change.name, null);
    const head = repository.git.commit(branches.head, Object.fromEntries(change.head), change.name, base);
    const number = await github.openPullRequest(repository, { ...branches, title: change.name });
    const reports = check(change.head, change.rules);
    const old = new Map(check(change.base, change.rules).map((report) => [report.path, report]));
    const patches = new Map(
      changedFiles(repository, mergeBaseOf(repository, base, head), head).map((file) => [
        file.filename,
        file.patch,
      ]),
    );
    const plan = planReview({
      headSha: head,
      files: reports
        .filter(({ path }) => patches.has(path))
        .map((report) => ({
          path: report.path,
          head: report,
          base: old.get(report.path) ?? null,
          hunks: parsePatch(patches.get(report.path) ?? ""),
        })),
      knownIdentities: new Set(),
      skipped: [],
      links: LINKS,
      maxComments: Number.POSITIVE_INFINITY,
    });
    if (plan.review !== null) {
      const target = { owner: "acme", repo: "shop", number, headSha: head };
      const refused = await createReviewWithFallback(client, target, plan.review);
      if (refused.size > 0) throw new Error(`GitHub refused ${refused.size} comments on ${change.name}`);
    }
    const byIdentity = new Map<string, Diagnostic>();
    for (const { path, diagnostics } of reports)
      for (const one of diagnostics) byIdentity.set(identityOf(path, one), one);
    const comments = github.comments(repository, number).map((comment): PostedComment => {
      const diagnostics = findIdentities(comment.body).flatMap((identity) => byIdentity.get(identity) ?? []);
      if (diagnostics.length === 0) throw new Error(`a comment without a finding: ${comment.body}`);
      return { comment, diagnostics };
    });
    return { ...change, repository: withCachedGit(repository), number, reports, comments };
  }

  return {
    review,
    check,
    violations: github.violations,
    async commit({ head, number }, comments) {
      const ids = comments.map(({ comment }) => comment.id);
      const sha = await github.commitSuggestions(repository, number, ids);
      return new Map(
        [...head.keys()].map((path) => [path, repository.git.run("show", `${sha}:${path}`).toString("utf8")]),
      );
    },
    stop: () => github.stop(),
  };
}
