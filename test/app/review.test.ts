import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findMarkers } from "../../src/review/marker.ts";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import type { RepositoryState } from "../github/state.ts";
import { checksSettled } from "./checks-settled.ts";
import { startYieldsign } from "./start-yieldsign.ts";
import { until } from "./until.ts";

const BASE = {
  "app/__init__.py": "",
  "app/repo.py": "async def rows():\n    yield 1\n\n\nasync def save(row):\n    return row\n",
  "app/api.py": "from app.repo import rows, save\n\n\nasync def main():\n    return 1\n",
};
const DEFECTIVE =
  "from app.repo import rows, save\n\n\nasync def main():\n    for row in rows():\n        save(row)\n    return 1\n";

let github: GitHub;
let yieldsign: { stop(): Promise<void>; url: string };
let repository: RepositoryState;

beforeEach(async () => {
  github = await startGitHub();
  yieldsign = await startYieldsign(github);
  repository = github.createRepository({ owner: "acme", name: "shop", files: BASE });
});

afterEach(async () => {
  await yieldsign.stop();
  await github.stop();
});

const settled = (branch: string): Promise<void> => checksSettled(github, repository, branch);

async function openDefective(): Promise<number> {
  repository.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", repository.git.head("main"));
  const number = await github.openPullRequest(repository, {
    head: "feature",
    base: "main",
    title: "Use rows",
  });
  await settled("feature");
  return number;
}

describe("a pull request with mistakes", () => {
  test("gets one review with suggestions on its lines, and a neutral check run with annotations", async () => {
    const number = await openDefective();
    expect(github.reviews(repository, number).map(({ state }) => state)).toEqual(["COMMENTED"]);
    expect(github.comments(repository, number).map(({ path, line }) => [path, line])).toEqual([
      ["app/api.py", 5],
      ["app/api.py", 6],
    ]);
    expect(github.comments(repository, number)[0]?.body).toContain(
      "```suggestion\n    async for row in rows():\n```",
    );
    const [run] = github.checkRuns(repository, repository.git.head("feature") ?? "");
    expect(run).toMatchObject({ conclusion: "neutral", title: "2 async mistakes" });
    expect(
      run?.annotations.map(({ start_line, annotation_level }) => [start_line, annotation_level]),
    ).toEqual([
      [5, "failure"],
      [6, "failure"],
    ]);
    expect(github.violations).toEqual([]);
  });

  test("is not told twice: redelivery, reopening, an unrelated push, shifted lines, a force push", async () => {
    const number = await openDefective();
    const known = github.comments(repository, number).flatMap(({ body }) => findMarkers(body));
    const opened = github.deliveries.find(({ event }) => event === "pull_request");
    await github.redeliver(opened?.guid ?? "");
    await settled("feature");
    await github.setOpen(repository, number, false);
    await github.setOpen(repository, number, true);
    await settled("feature");
    await github.commit(repository, "feature", { "README.md": "text\n" }, "Unrelated");
    await settled("feature");
    await github.commit(
      repository,
      "feature",
      { "app/api.py": `import os\n\nprint(os.name)\n${DEFECTIVE}` },
      "Shift",
    );
    await settled("feature");
    const main = repository.git.head("main") ?? "";
    await github.forcePush(
      repository,
      "feature",
      main,
      { "app/api.py": `# again\n${DEFECTIVE}` },
      "Rewritten",
    );
    await settled("feature");
    expect(github.comments(repository, number).flatMap(({ body }) => findMarkers(body))).toEqual(known);
    expect(github.reviews(repository, number)).toHaveLength(1);
    expect(github.violations).toEqual([]);
  });

  test("is reviewed again after its suggestions were committed: repaired, nothing repeated, check green", async () => {
    const number = await openDefective();
    const ids = github.comments(repository, number).map(({ id }) => id);
    const head = await github.commitSuggestions(repository, number, ids);
    await settled("feature");
    expect(repository.git.run("show", `${head}:app/api.py`).toString("utf8")).toBe(
      "from app.repo import rows, save\n\n\nasync def main():\n    async for row in rows():\n        await save(row)\n    return 1\n",
    );
    expect(github.comments(repository, number)).toHaveLength(2);
    expect(github.checkRuns(repository, head).map(({ conclusion }) => conclusion)).toEqual(["success"]);
    expect(github.violations).toEqual([]);
  });

  test("whose base already has them hears nothing about them", async () => {
    repository.git.commit("main", { "app/api.py": DEFECTIVE }, "Old mistakes", null);
    repository.git.commit(
      "feature",
      { "app/api.py": `${DEFECTIVE}\n\nprint("more")\n` },
      "More",
      repository.git.head("main"),
    );
    const number = await github.openPullRequest(repository, { head: "feature", base: "main", title: "More" });
    await settled("feature");
    expect(github.comments(repository, number)).toEqual([]);
  });
});

test("a clean pull request gets only a green check run with one line", async () => {
  repository.git.commit(
    "feature",
    { "app/api.py": "async def main():\n    return 2\n" },
    "Clean",
    repository.git.head("main"),
  );
  const number = await github.openPullRequest(repository, { head: "feature", base: "main", title: "Clean" });
  await settled("feature");
  expect(github.reviews(repository, number)).toEqual([]);
  const [run] = github.checkRuns(repository, repository.git.head("feature") ?? "");
  expect(run).toMatchObject({
    conclusion: "success",
    summary: "No async mistakes in 1 changed Python file.",
    annotations: [],
  });
  expect(github.violations).toEqual([]);
});

test("a push without a pull request gets a check run with annotations, once", async () => {
  await github.commit(repository, "topic", { "app/api.py": DEFECTIVE }, "Push");
  await settled("topic");
  const push = github.deliveries.find(({ event }) => event === "push");
  await github.redeliver(push?.guid ?? "");
  await settled("topic");
  const runs = github.checkRuns(repository, repository.git.head("topic") ?? "");
  expect(runs.map(({ conclusion, annotations }) => [conclusion, annotations.length])).toEqual([
    ["neutral", 2],
  ]);
  expect(github.violations).toEqual([]);
});

test("drafts wait until they are ready; a changed base is reviewed again", async () => {
  repository.git.commit("feature", { "app/api.py": DEFECTIVE }, "Draft", repository.git.head("main"));
  const number = await github.openPullRequest(repository, {
    head: "feature",
    base: "main",
    title: "Draft",
    isDraft: true,
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(github.reviews(repository, number)).toEqual([]);
  await github.markReady(repository, number);
  await settled("feature");
  expect(github.comments(repository, number)).toHaveLength(2);
  repository.git.commit("other", { "x.txt": "x" }, "Other", repository.git.head("main"));
  const requests = github.requests.length;
  await github.changeBase(repository, number, "other");
  await settled("feature");
  expect(github.requests.length).toBeGreaterThan(requests);
  expect(github.reviews(repository, number)).toHaveLength(1);
  expect(github.violations).toEqual([]);
});

test("a re-run from the page checks the head again", async () => {
  await openDefective();
  const head = repository.git.head("feature") ?? "";
  const requests = github.requests.length;
  await github.rerequest(repository, github.checkRuns(repository, head)[0]?.id ?? 0);
  await until(() => github.requests.length > requests + 2, "the re-run");
  await settled("feature");
  expect(github.checkRuns(repository, head).map(({ annotations }) => annotations.length)).toEqual([2]);
  expect(github.violations).toEqual([]);
});

describe("when GitHub has trouble", () => {
  test("a review whose answer is lost is not posted twice", async () => {
    github.inject({ method: "POST", path: /\/reviews$/, times: 1, when: "after", status: 502 });
    const number = await openDefective();
    const reads = (): number =>
      github.requests.filter(({ operationName }) => operationName === "query PullRequestState").length;
    await until(() => reads() > 1, "another try");
    await settled("feature");
    expect(github.reviews(repository, number)).toHaveLength(1);
    expect(github.comments(repository, number)).toHaveLength(2);
  });

  test("a failure before the work and a rate limit delay the review and lose nothing", async () => {
    github.inject({ method: "GET", path: /\/git\/trees\//, times: 1, when: "before", status: 502 });
    github.inject({
      method: "POST",
      path: /\/reviews$/,
      times: 1,
      when: "before",
      status: 403,
      headers: { "retry-after": "1" },
    });
    repository.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", repository.git.head("main"));
    const number = await github.openPullRequest(repository, {
      head: "feature",
      base: "main",
      title: "Use rows",
    });
    await until(() => github.comments(repository, number).length === 2, "the review");
    await settled("feature");
    expect(github.reviews(repository, number)).toHaveLength(1);
  });

  test("a refused comment does not take the others with it", async () => {
    github.inject({
      method: "POST",
      path: /\/reviews$/,
      times: 1,
      when: "before",
      status: 422,
      body: {
        message: "Unprocessable Entity",
        errors: ["Pull request review thread line must be part of the diff"],
      },
    });
    const number = await openDefective();
    expect(github.comments(repository, number)).toHaveLength(2);
    const [run] = github.checkRuns(repository, repository.git.head("feature") ?? "");
    expect(run?.annotations).toHaveLength(2);
  });

  test("what cannot be done ends the check neutral with a reason, never red or spinning", async () => {
    repository.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", repository.git.head("main"));
    repository.lostBlobs.add(repository.git.text("rev-parse", "feature:app/api.py"));
    await github.openPullRequest(repository, { head: "feature", base: "main", title: "Use rows" });
    await settled("feature");
    const [run] = github.checkRuns(repository, repository.git.head("feature") ?? "");
    expect(run).toMatchObject({ status: "completed", conclusion: "neutral", title: "Not checked" });
  });
});

test("a file whose patch GitHub leaves out is compared by us; lines it lets nobody comment on go to the check run", async () => {
  const filler = "x = 1\n".repeat(21_000);
  repository.git.commit("feature", { "app/api.py": filler + DEFECTIVE }, "Long", repository.git.head("main"));
  const number = await github.openPullRequest(repository, { head: "feature", base: "main", title: "Long" });
  await settled("feature");
  expect(github.comments(repository, number)).toEqual([]);
  const [run] = github.checkRuns(repository, repository.git.head("feature") ?? "");
  expect(run?.annotations.map(({ start_line }) => start_line)).toEqual([21_005, 21_006]);
  expect(run?.summary).toContain("GitHub refused a comment on these lines");
});

test("broken, huge, binary and hostile files are named and do not stop the others", async () => {
  repository.git.commit(
    "feature",
    {
      "app/api.py": DEFECTIVE,
      "app/broken.py": "def f(:\n  x = = 1\n",
      "app/huge.py": "x = 1\n".repeat(900_000),
      "app/nested.py": `x = ${"(".repeat(20_000)}1${")".repeat(20_000)}\n`,
      "app/nul.py": "x = 1\0\n",
      "app/latin.py": "# -*- coding: latin-1 -*-\nx = 1\n",
      "app/@admin `x` <img src=x>.py":
        "async def f():\n    pass\n\n\nasync def g():\n    f()  # @octocat #1 ``` </details>\n",
    },
    "Everything",
    repository.git.head("main"),
  );
  const number = await github.openPullRequest(repository, {
    head: "feature",
    base: "main",
    title: "Everything",
  });
  await settled("feature");
  expect(github.comments(repository, number).map(({ path }) => path)).toEqual([
    "app/@admin `x` <img src=x>.py",
    "app/api.py",
    "app/api.py",
  ]);
  const [run] = github.checkRuns(repository, repository.git.head("feature") ?? "");
  expect(run?.conclusion).toBe("neutral");
  for (const words of [
    "`app/broken.py`: syntax error in line",
    "`app/huge.py`: the file has 5.4 MB; files over 1 MB are not analysed",
    "`app/nul.py`: the file contains NUL bytes",
    "`app/latin.py`: the file declares the encoding latin-1; only UTF-8 is analysed",
  ]) {
    expect(run?.summary).toContain(words);
  }
  expect(run?.summary).not.toContain("nested.py");
  expect(github.violations).toEqual([]);
});

describe("the webhook", () => {
  test("is refused without a valid signature", async () => {
    const [body, headers] = [
      "{}",
      { "content-type": "application/json", "x-github-event": "push", "x-github-delivery": "1" },
    ];
    const url = `${yieldsign.url}/api/github/webhooks`;
    const unsigned = await fetch(url, { method: "POST", headers, body });
    const wrong = await fetch(url, {
      method: "POST",
      headers: { ...headers, "x-hub-signature-256": "sha256=00" },
      body,
    });
    expect([unsigned.status, wrong.status]).toEqual([400, 400]);
    expect(github.requests).toEqual([]);
  });

  test("is acknowledged before the work is done", async () => {
    repository.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", repository.git.head("main"));
    const number = await github.openPullRequest(repository, {
      head: "feature",
      base: "main",
      title: "Use rows",
    });
    expect(github.deliveries.at(-1)?.status).toBe(200);
    expect(github.reviews(repository, number)).toEqual([]);
    await settled("feature");
  });
});
