import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { countRequests } from "../../src/app/count-requests.ts";
import { completeCheckRun, startCheckRun } from "../../src/github/check-runs.ts";
import { compareCommits } from "../../src/github/compare-commits.ts";
import { createReviewWithFallback } from "../../src/github/create-review.ts";
import { toGitHubError } from "../../src/github/github-error.ts";
import { listChangedFiles } from "../../src/github/list-changed-files.ts";
import { openPullRequestsOf } from "../../src/github/open-pull-requests-of.ts";
import { readPullRequest } from "../../src/github/read-pull-request.ts";
import { readTree } from "../../src/github/read-tree.ts";
import type { PlannedAnnotation, PlannedComment } from "../../src/review/review-plan.ts";
import { API, createClient, REPOSITORY } from "./client.ts";

const client = createClient();
const repos = "/repos/acme/shop";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

describe("reading", () => {
  test("a pull request", async () => {
    const data = { number: 7, state: "open", head: { sha: "h" } };
    nock(API).get(`${repos}/pulls/7`).reply(200, data);
    expect(await readPullRequest(client, REPOSITORY, 7)).toEqual({ isOpen: true, headSha: "h" });
    nock(API)
      .get(`${repos}/pulls/7`)
      .reply(200, { ...data, state: "closed" });
    expect(await readPullRequest(client, REPOSITORY, 7)).toEqual({ isOpen: false, headSha: "h" });
  });

  test("changed files over all pages, also without a patch", async () => {
    const link = { link: `<${API}${repos}/pulls/7/files?per_page=100&page=2>; rel="next"` };
    nock(API)
      .get(`${repos}/pulls/7/files?per_page=100`)
      .reply(200, [{ filename: "a.py", status: "modified", patch: "@@" }], link);
    nock(API)
      .get(`${repos}/pulls/7/files?per_page=100&page=2`)
      .reply(200, [{ filename: "c.py", previous_filename: "b.py", status: "renamed" }]);
    const counting = createClient();
    const requests = countRequests(counting);
    expect(await listChangedFiles(counting, REPOSITORY, 7)).toEqual([
      { path: "a.py", previousPath: "a.py", status: "modified", patch: "@@" },
      { path: "c.py", previousPath: "b.py", status: "renamed", patch: null },
    ]);
    expect(requests()).toEqual({
      total: 2,
      byOperation: { "GET /repos/{owner}/{repo}/pulls/{}/files": 2 },
    });
  });

  test("a comparison with its merge base", async () => {
    nock(API)
      .get(`${repos}/compare/b...h`)
      .reply(200, { merge_base_commit: { sha: "m" }, files: [] });
    expect(await compareCommits(client, REPOSITORY, "b", "h")).toEqual({ mergeBaseSha: "m", files: [] });
  });

  test("a tree: Python files and folders, without links and submodules", async () => {
    const tree = [
      { path: "a.py", mode: "100644", type: "blob", sha: "1", size: 3 },
      { path: "a.txt", mode: "100644", type: "blob", sha: "1", size: 3 },
      { path: "link.py", mode: "120000", type: "blob", sha: "2", size: 3 },
      { path: "sub", mode: "160000", type: "commit", sha: "3" },
      { path: "app", mode: "040000", type: "tree", sha: "4" },
    ];
    nock(API).get(`${repos}/git/trees/h?recursive=1`).reply(200, { tree, truncated: true });
    const expected = {
      files: new Map([["a.py", { sha: "1", size: 3, isExecutable: false }]]),
      folders: new Map([["app", "4"]]),
    };
    expect(await readTree(client, REPOSITORY, "h", true)).toEqual({ ...expected, isTruncated: true });
    nock(API).get(`${repos}/git/trees/h`).reply(200, { tree, truncated: false });
    expect(await readTree(client, REPOSITORY, "h", false)).toEqual({ ...expected, isTruncated: false });
  });

  test("open pull requests by their branch, or by their head", async () => {
    const pulls = [
      { number: 1, head: { sha: "h" } },
      { number: 2, head: { sha: "other" } },
    ];
    nock(API).get(`${repos}/pulls?state=open&per_page=100&head=acme%3Atopic`).reply(200, pulls);
    expect(await openPullRequestsOf(client, REPOSITORY, "h", "topic")).toEqual([1, 2]);
    nock(API).get(`${repos}/pulls?state=open&per_page=100`).reply(200, pulls);
    expect(await openPullRequestsOf(client, REPOSITORY, "h", null)).toEqual([1]);
  });
});

function comment(line: number, startLine: number | null = null): PlannedComment {
  return { path: "a.py", line, startLine, body: `line ${line}` };
}

describe("posting a review", () => {
  const target = { ...REPOSITORY, number: 7, headSha: "h" };
  const refusal = {
    message: "Unprocessable Entity",
    errors: ["Pull request review thread line must be part of the diff"],
  };

  test("sends one request with every comment", async () => {
    nock(API)
      .post(`${repos}/pulls/7/reviews`, {
        commit_id: "h",
        event: "COMMENT",
        body: "text",
        comments: [
          { path: "a.py", body: "line 1", line: 1, side: "RIGHT" },
          { path: "a.py", body: "line 4", line: 4, side: "RIGHT", start_line: 3, start_side: "RIGHT" },
        ],
      })
      .reply(200, {});
    expect(
      await createReviewWithFallback(client, target, { body: "text", comments: [comment(1), comment(4, 3)] }),
    ).toEqual(new Set());
  });

  test("finds the refused comment by halves and posts the others", async () => {
    const bad = comment(3);
    const posted: number[][] = [];
    nock(API)
      .post(`${repos}/pulls/7/reviews`)
      .times(5)
      .reply((_, body) => {
        const lines = (body as { comments: { line: number }[] }).comments.map(({ line }) => line);
        if (lines.includes(3)) return [422, refusal];
        posted.push(lines);
        return [200, {}];
      });
    const comments = [comment(1), comment(2), bad, comment(4)];
    expect(await createReviewWithFallback(client, target, { body: "text", comments })).toEqual(
      new Set([bad]),
    );
    expect(posted).toEqual([[1, 2], [4]]);
  });

  test("does not repeat a request that failed otherwise", async () => {
    nock(API).post(`${repos}/pulls/7/reviews`).reply(502, { message: "Bad Gateway" });
    await expect(
      createReviewWithFallback(client, target, { body: "text", comments: [comment(1)] }),
    ).rejects.toMatchObject({ status: 502, isRetryable: true });
  });
});

describe("the check run", () => {
  const list = `${repos}/commits/h/check-runs?check_name=Yieldsign&filter=latest`;
  const annotations = Array.from(
    { length: 120 },
    (_, index): PlannedAnnotation => ({
      path: "a.py",
      startLine: index + 1,
      endLine: index + 1,
      startColumn: 1,
      endColumn: 2,
      level: "failure",
      title: "t",
      message: "m",
      rawDetails: null,
    }),
  );
  const check = {
    conclusion: "neutral",
    title: "t",
    summary: "s",
    text: null,
    annotations,
    actions: [],
  } as const;
  const run = { id: 5, headSha: "h", externalId: "pull/1", isCompleted: false, annotations: 0 };
  const listed = { id: 5, status: "in_progress", output: { annotations_count: 0 } };

  test("is created when there is none, and found when the answer was lost", async () => {
    nock(API).get(list).reply(200, { check_runs: [] });
    nock(API).post(`${repos}/check-runs`).reply(502, {});
    nock(API)
      .get(list)
      .reply(200, { check_runs: [{ ...listed, external_id: "pull/1" }] });
    expect(await startCheckRun(client, REPOSITORY, "h", "pull/1")).toEqual(run);
  });

  test("of a push is taken over by the pull request; that of another pull request is not", async () => {
    const other = { ...run, id: 4, externalId: "pull/2" };
    const push = { ...run, id: 3, externalId: "push/topic", isCompleted: true };
    nock(API).patch(`${repos}/check-runs/3`, { external_id: "pull/1", status: "in_progress" }).reply(200, {});
    expect(await startCheckRun(client, REPOSITORY, "h", "pull/1", [push, other])).toEqual({
      ...run,
      id: 3,
    });
    nock(API).post(`${repos}/check-runs`).reply(201, { id: 6 });
    expect(await startCheckRun(client, REPOSITORY, "h", "pull/1", [other])).toEqual({ ...run, id: 6 });
  });

  /** The numbers of annotations that are sent, and whether the request completes the run. */
  async function sent(shown: number, isCompleted: boolean, id = 5): Promise<[number, boolean][]> {
    const requests: [number, boolean][] = [];
    nock(API)
      .persist()
      .patch(`${repos}/check-runs/${id}`)
      .reply((_, body) => {
        const { output, status } = body as { output: { annotations: unknown[] }; status?: string };
        requests.push([output.annotations.length, status === "completed"]);
        return [200, {}];
      });
    await completeCheckRun(client, REPOSITORY, { ...run, annotations: shown, isCompleted }, check);
    nock.cleanAll();
    return requests;
  }

  test("sends annotations in batches of 50, completing with the last request", async () => {
    expect(await sent(0, false)).toEqual([
      [50, false],
      [50, false],
      [20, true],
    ]);
  });

  test("that was interrupted gets the rest of its annotations", async () => {
    expect(await sent(50, false)).toEqual([
      [50, false],
      [20, true],
    ]);
  });

  test("does not get annotations again that are there", async () => {
    expect(await sent(120, true)).toEqual([[0, true]]);
  });

  test("is replaced when it shows other annotations, because they cannot be removed", async () => {
    nock(API).post(`${repos}/check-runs`).reply(201, { id: 6 });
    expect(await sent(3, true, 6)).toHaveLength(3);
  });

  test("does not spin on when it is replaced before it was completed", async () => {
    nock(API).post(`${repos}/check-runs`).reply(201, { id: 6 });
    const closed = nock(API)
      .patch(`${repos}/check-runs/5`, (body) => body.status === "completed" && body.conclusion === "neutral")
      .reply(200, {});
    await sent(130, false, 6);
    expect(closed.isDone()).toBe(true);
  });
});

describe("an error of GitHub", () => {
  const failure = (status: number, headers: Record<string, string> = {}, data: unknown = {}) => ({
    status,
    response: { headers, data },
  });

  test.each([
    [failure(502), { status: 502, isRetryable: true, retryAfter: null }],
    [failure(403, { "retry-after": "7" }), { isRetryable: true, retryAfter: 7 }],
    [
      failure(429, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1010" }),
      { isRetryable: true, retryAfter: 10 },
    ],
    [failure(403), { isRetryable: false }],
    [failure(404), { isRetryable: false }],
    [
      failure(422, {}, { message: "No", errors: ["because"] }),
      { isRetryable: false, message: "No: because" },
    ],
    [failure(422, {}, { message: "No", errors: [{ message: "field" }] }), { message: "No: field" }],
    [new TypeError("fetch failed"), { status: 0, isRetryable: true }],
  ])("%# is understood", (error, expected) => {
    expect(toGitHubError(error, 1_000_000)).toMatchObject(expected);
  });
});
