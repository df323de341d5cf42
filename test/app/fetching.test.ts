import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LoggedRequest } from "../github/serve.ts";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import type { CheckRunState, RepositoryState } from "../github/state.ts";
import { checksSettled } from "./checks-settled.ts";
import { startYieldsign } from "./start-yieldsign.ts";

const ROWS = "async def rows():\n    yield 1\n";
const CALLER =
  "from app.repo import rows\n\n\nasync def main():\n    for row in rows():\n        print(row)\n";

let github: GitHub;
let yieldsign: { stop(): Promise<void>; url: string };

beforeEach(async () => {
  github = await startGitHub();
  yieldsign = await startYieldsign(github);
});

afterEach(async () => {
  await yieldsign.stop();
  expect(github.violations).toEqual([]);
  await github.stop();
});

/** Opens a pull request and waits for its check run. */
async function review(
  files: Readonly<Record<string, string | Uint8Array>>,
  change: Readonly<Record<string, string | Uint8Array | null>>,
  prepare: (repository: RepositoryState) => void = () => {},
): Promise<{ repository: RepositoryState; number: number; run: CheckRunState | undefined }> {
  const repository = github.createRepository({ owner: "acme", name: "shop", files });
  repository.git.commit("feature", change, "Change", repository.git.head("main"));
  prepare(repository);
  const number = await github.openPullRequest(repository, { head: "feature", base: "main", title: "Change" });
  await checksSettled(github, repository, "feature");
  return { repository, number, run: runOf(repository) };
}

function runOf(repository: RepositoryState): CheckRunState | undefined {
  return github.checkRuns(repository, repository.git.head("feature") ?? "").at(-1);
}

function shaOf({ git }: RepositoryState, path: string): string {
  return git.text("rev-parse", `feature:${path}`);
}

/** Requests by what they ask for, in the order of first appearance. */
function phases(requests: readonly LoggedRequest[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operationId, operationName } of requests) {
    const name = operationId ?? operationName ?? "";
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The blobs each query asked for. */
function queriedBlobs(): number[] {
  const queries = github.requests.filter(({ operationName }) => operationName === "query Blobs");
  return queries.map(({ body }) => (body as { query: string }).query.match(/oid:/g)?.length ?? 0);
}

const annotated = (run: CheckRunState | undefined): unknown =>
  run?.annotations.map(({ path, start_line }) => `${path}:${start_line}`);

test("20 changed files in a repository of 1,020 files cost at most 12 requests", async () => {
  const files: Record<string, string> = { "app/__init__.py": "", "app/repo.py": ROWS };
  const change: Record<string, string> = {};
  for (let index = 0; index < 1_000; index++) files[`app/other_${index}.py`] = `VALUE = ${index}\n`;
  for (let index = 0; index < 20; index++) {
    files[`app/part_${index}.py`] = `def main_${index}():\n    return 1\n`;
    change[`app/part_${index}.py`] = CALLER.replace("main", `main_${index}`);
  }
  const { repository, number } = await review(files, change);
  // All of one rule: one comment with a list.
  expect(github.comments(repository, number)).toHaveLength(1);
  expect(phases(github.requests)).toEqual({
    "apps/create-installation-access-token": 1,
    "query PullRequestState": 1,
    "checks/create": 1,
    "repos/compare-commits-with-basehead": 1,
    "git/get-tree": 2,
    "query Blobs": 2,
    "pulls/get": 1,
    "pulls/create-review": 1,
    "checks/update": 1,
  });
  expect(github.requests.length).toBeLessThanOrEqual(12);
});

describe("what was read before", () => {
  test("is not read again: a second push fetches only what it changed", async () => {
    const files = { "app/__init__.py": "X = 1\n", "app/repo.py": ROWS, "app/api.py": "", "app/other.py": "" };
    const { repository } = await review(files, { "app/api.py": CALLER, "app/other.py": "y = 1\n" });
    expect(queriedBlobs()).toEqual([3, 1]);
    const before = github.requests.length;
    await github.commit(repository, "feature", { "app/other.py": CALLER }, "More");
    await checksSettled(github, repository, "feature");
    // `other.py` has the bytes that `api.py` had already.
    expect(queriedBlobs()).toEqual([3, 1]);
    await github.commit(repository, "feature", { "app/other.py": `import os\n${CALLER}` }, "Even more");
    await checksSettled(github, repository, "feature");
    expect(queriedBlobs()).toEqual([3, 1, 1]);
    // The merge base is the same, so only the new heads are listed.
    expect(phases(github.requests.slice(before))["git/get-tree"]).toBe(2);
    expect(annotated(runOf(repository))).toEqual(["app/api.py:5", "app/other.py:6"]);
  });

  test("has no name: a rename is one blob for both sides", async () => {
    const { run } = await review(
      { "old.py": `${CALLER}# more\n`.repeat(3) },
      {
        "old.py": null,
        "new.py": `${CALLER}# more\n`.repeat(3),
      },
    );
    expect(queriedBlobs()).toEqual([1]);
    expect(run?.conclusion).toBe("success");
  });
});

test("with the first batch come the packages' __init__.py and the conftest.py on the way to a test", async () => {
  const files = {
    "conftest.py": "a = 1\n",
    "pkg/__init__.py": "a = 2\n",
    "pkg/tests/__init__.py": "a = 3\n",
    "pkg/tests/conftest.py": "a = 4\n",
    "pkg/conftest.py": "a = 5\n",
    "other/__init__.py": "a = 6\n",
    "other/conftest.py": "a = 7\n",
  };
  await review(files, { "pkg/tests/test_it.py": "a = 8\n" });
  expect(queriedBlobs()).toEqual([6]);
});

test("with a further batch comes what the files asked for import, one round ahead of the analysis", async () => {
  const files = {
    "app/repo.py": "from app.store import rows\nfrom app import extra\n",
    "app/store.py": ROWS,
    "app/extra.py": "x = 1\n",
    "app/unused.py": "y = 1\n",
    "app/api.py": "",
  };
  const { run } = await review(files, { "app/api.py": `import app.unused\n${CALLER}` });
  expect(queriedBlobs()).toEqual([1, 2, 2]);
  expect(annotated(run)).toEqual(["app/api.py:6"]);
});

const BLOBS = { method: "POST", path: /\/graphql$/, operationName: "query Blobs" } as const;

describe("when GitHub has trouble with blobs", () => {
  const files = { "app/__init__.py": "", "app/repo.py": ROWS, "app/api.py": "" };
  const change = { "app/api.py": CALLER };

  test("an error beside the data costs one REST request, not the finding", async () => {
    const { run } = await review(files, change, (repository) => {
      repository.failingBlobs.add(shaOf(repository, "app/repo.py"));
    });
    expect(phases(github.requests)).toMatchObject({ "query Blobs": 2, "git/get-blob": 1 });
    expect(annotated(run)).toEqual(["app/api.py:5"]);
  });

  test("a file that is gone is unknown, and nothing is said that depends on it", async () => {
    const { run } = await review(
      files,
      { "app/api.py": `${CALLER}\n\nasync def own():\n    main()\n` },
      (repository) => void repository.lostBlobs.add(shaOf(repository, "app/repo.py")),
    );
    expect(annotated(run)).toEqual(["app/api.py:10"]);
  });

  test("a changed file that is gone leaves the change unchecked, said without red", async () => {
    const { run } = await review(files, change, (repository) => {
      repository.lostBlobs.add(shaOf(repository, "app/api.py"));
    });
    expect(run).toMatchObject({ conclusion: "neutral", title: "Not checked" });
  });

  test("a 502 in the middle of the rounds is survived", async () => {
    const { run } = await review(files, change, () => {
      github.inject({ ...BLOBS, times: 1, when: "after", status: 502 });
    });
    expect(annotated(run)).toEqual(["app/api.py:5"]);
  });

  test("GraphQL refused for good: everything comes through REST", async () => {
    const { run } = await review(files, change, () => {
      github.inject({ ...BLOBS, times: 99, when: "before", status: 403 });
    });
    expect(phases(github.requests)).toMatchObject({ "query Blobs": 2, "git/get-blob": 2 });
    expect(annotated(run)).toEqual(["app/api.py:5"]);
  });

  test("GraphQL's own limit used up: the review waits for it", async () => {
    const body = { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] };
    const reset = String(Math.floor(Date.now() / 1000) + 2);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    const { run } = await review(files, change, () => {
      github.inject({ ...BLOBS, times: 1, when: "before", status: 200, body, headers });
    });
    expect(annotated(run)).toEqual(["app/api.py:5"]);
  });

  test("asked to wait, the review waits and is the same afterwards", async () => {
    const headers = { "retry-after": "1" };
    const { run } = await review(files, change, () => {
      github.inject({ ...BLOBS, times: 1, when: "before", status: 403, headers });
    });
    expect(annotated(run)).toEqual(["app/api.py:5"]);
  });

  test("what GraphQL cannot give whole comes as git has it; what is over 1 MB does not come at all", async () => {
    const { run } = await review(
      {
        "app/__init__.py": "",
        "app/cut.py": `${ROWS}TEXT = """${"text\n".repeat(105_000)}"""\n`,
        "app/latin.py": Buffer.from("# caf\xe9\nasync def rows():\n    yield 1\n", "latin1"),
        "app/huge.py": `${ROWS}TEXT = """${"text\n".repeat(210_000)}"""\n`,
      },
      Object.fromEntries(
        ["cut", "latin", "huge"].map((name) => [`app/use_${name}.py`, CALLER.replace("repo", name)]),
      ),
    );
    expect(annotated(run)).toEqual(["app/use_cut.py:5"]);
    expect(phases(github.requests)["git/get-blob"]).toBe(2);
  });
});

describe("the budget", () => {
  test("of blobs ends the fetching, and the check run says so in one line", async () => {
    const files: Record<string, string> = { "app/__init__.py": "" }; // the first of the 150
    const lines: string[] = [];
    for (let index = 0; index < 200; index++) {
      files[`app/m${index}.py`] = `VALUE = ${index}\n\n\nasync def f():\n    pass\n`;
      lines.push(`from app.m${index} import f as f${index}`);
    }
    lines.push("", "", "async def main():", ...Array.from({ length: 200 }, (_, index) => `    f${index}()`));
    const { run } = await review(files, { "app/main.py": `${lines.join("\n")}\n` });
    expect(queriedBlobs()).toEqual([1, 100, 49]);
    expect(run?.annotations).toHaveLength(149);
    expect(run?.summary).toContain("The change leads to more files than one review reads");
  });

  test("of rounds likewise", async () => {
    const files: Record<string, string> = {
      "app/__init__.py": "",
      "app/m9.py": "async def f():\n    pass\n",
    };
    for (let index = 0; index < 9; index++)
      files[`app/m${index}.py`] = `from app.m${index + 1} import f as f\n`;
    const { run } = await review(files, {
      "app/far.py": "from app.m0 import f\n\n\nasync def main():\n    f()\n",
      "app/near.py": "from app.m8 import f\n\n\nasync def main():\n    f()\n",
    });
    expect(annotated(run)).toEqual(["app/near.py:5"]);
    expect(queriedBlobs()).toHaveLength(5);
    expect(run?.summary).toContain("The change leads to more files than one review reads");
  });

  test("is not mentioned when it was enough", async () => {
    const { run } = await review({ "app/repo.py": ROWS }, { "app/api.py": CALLER });
    expect(run?.summary).not.toContain("The change leads");
  });
});

describe("a repository that GitHub cannot list whole", () => {
  const NOTE = "GitHub cannot list the whole repository";
  const files = {
    "docs/a/conf.py": "x = 1\n",
    "src/shop/__init__.py": "",
    "src/shop/api/__init__.py": "",
    "src/shop/api/deep/__init__.py": "",
    "src/shop/api/deep/views.py": "",
    "src/shop/store/__init__.py": "",
    "src/shop/store/rows.py": ROWS,
    "src/common/__init__.py": "",
    "src/common/net/__init__.py": "",
    "src/common/net/get.py": "async def get():\n    pass\n",
    "tools/scripts/run.py": "x = 1\n",
    "httpx/__init__.py": "",
    "httpx/client.py": "x = 1\n",
  };
  const change = {
    "src/shop/api/deep/views.py":
      "from shop.store.rows import rows\nfrom common.net.get import get\n\n\nasync def main():\n    for row in rows():\n        get()\n",
  };
  const truncate = (repository: RepositoryState): void => {
    repository.treeLimit = 12;
  };
  const listed = (): number => phases(github.requests)["git/get-tree"] ?? 0;

  test("is listed around the change and where its imports lead, and the check run says so", async () => {
    const { run } = await review(files, change, truncate);
    expect(annotated(run)).toEqual(["src/shop/api/deep/views.py:6", "src/shop/api/deep/views.py:7"]);
    expect(run?.summary).toContain(NOTE);
    // For each side: the truncated listing, the root, src, shop and all below it; common is the same for both.
    expect(listed()).toBe(11);
  });

  test("costs less the second time: the trees that did not change are known", async () => {
    const { repository } = await review(files, change, truncate);
    const before = listed();
    await github.commit(repository, "feature", { "src/shop/b.py": "y = 1\n" }, "More");
    await checksSettled(github, repository, "feature");
    expect(listed() - before).toBe(5);
  });

  test("has packages nobody listed: they are not taken for the library of that name", async () => {
    const client = "import httpx\n\n\nasync def main():\n    httpx.AsyncClient().get('/')\n";
    const alone = { "a/one.py": "", "b/two.py": "" };
    const { run } = await review(alone, { "a/one.py": client }, (repository) => {
      repository.treeLimit = 1;
    });
    expect(annotated(run)).toEqual(["a/one.py:5"]);
    expect(run?.summary).toContain(NOTE);
    const shadowed = github.createRepository({ owner: "acme", name: "own", files: { ...alone, ...files } });
    shadowed.treeLimit = 1;
    shadowed.git.commit("feature", { "a/one.py": client }, "Change", shadowed.git.head("main"));
    await github.openPullRequest(shadowed, { head: "feature", base: "main", title: "Change" });
    await checksSettled(github, shadowed, "feature");
    expect(annotated(runOf(shadowed))).toEqual([]);
  });

  test("is not walked without end: thousands of folders are listed up to a bound", async () => {
    const many: Record<string, string> = { "app/main.py": "" };
    const imports: string[] = [];
    for (let index = 0; index < 100; index++) {
      many[`p${index}/mod.py`] = `VALUE = ${index}\n\n\nasync def f():\n    pass\n`;
      imports.push(`from p${index}.mod import f as f${index}`);
    }
    const text = `${imports.join("\n")}\n\n\nasync def main():\n    f0()\n    f99()\n`;
    const { run } = await review(many, { "app/main.py": text }, truncate);
    expect(listed()).toBe(60);
    expect(annotated(run)).toEqual(["app/main.py:104"]);
    expect(run?.summary).toContain(NOTE);
  });
});
