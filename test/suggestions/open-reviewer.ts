import { Probot, ProbotOctokit } from "probot";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { parsePatch } from "../../src/diff/parse-patch.ts";
import type { Diagnostic, FileReport } from "../../src/fixes/fix.ts";
import { createReviewWithFallback } from "../../src/github/create-review.ts";
import { commentFor, type PlacedInFile } from "../../src/review/group-comments.ts";
import { placeFindings } from "../../src/review/place-comments.ts";
import { findingsOf, type ReviewedFile } from "../../src/review/plan-review.ts";
import { mergeBaseOf } from "../github/change.ts";
import { changedFiles } from "../github/changed-files.ts";
import { startGitHub } from "../github/start-github.ts";
import type { CommentState, RepositoryState } from "../github/state.ts";
import { checkTexts } from "../rules/check-text.ts";

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

/**
 * Makes pull requests on one stand-in and reviews them without a server: analysis, places, words and the request are
 * the product's.
 */
export interface Reviewer {
  review(change: Change): Promise<ReviewedChange>;
  /** How many suggestions a change would get that adds all of its files. */
  count(change: Change): number;
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
    const before = { "README.md": "# Shop\n", ...Object.fromEntries(change.base) };
    const base = repository.git.commit(branches.base, before, change.name, null);
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
    const files = reports
      .filter(({ path }) => patches.has(path))
      .map((report) => ({
        path: report.path,
        head: report,
        base: old.get(report.path) ?? null,
        hunks: parsePatch(patches.get(report.path) ?? ""),
      }));
    const places = placesOf(files);
    if (places.length > 0) {
      const target = { owner: "acme", repo: "shop", number, headSha: head };
      const planned = places.map((place) => commentFor(place, LINKS));
      const refused = await createReviewWithFallback(client, target, { body: "Found:", comments: planned });
      if (refused.size > 0) throw new Error(`GitHub refused ${refused.size} comments on ${change.name}`);
    }
    const comments = github.comments(repository, number).map((comment, index): PostedComment => {
      const place = places[index];
      if (place === undefined) throw new Error(`a comment that was not planned: ${comment.body}`);
      return { comment, diagnostics: place.placed.diagnostics };
    });
    return { ...change, repository, number, reports, comments };
  }

  return {
    review,
    count({ head, rules }) {
      const files = check(head, rules).map((report) => {
        return { path: report.path, head: report, base: null, hunks: diffTexts("", report.text ?? "") };
      });
      return placesOf(files).filter(({ placed }) => placed.suggestion !== null).length;
    },
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

/** One comment a place, without the limits of a real review, so that every suggestion gets its button. */
function placesOf(files: readonly ReviewedFile[]): PlacedInFile[] {
  const found = findingsOf(files);
  return files.flatMap((file) => {
    const own = found.filter(({ path }) => path === file.path).map(({ diagnostic }) => diagnostic);
    return placeFindings(file.head, own, file.hunks).placed.map((placed) => ({ path: file.path, placed }));
  });
}
