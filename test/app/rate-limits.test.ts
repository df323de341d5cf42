import { expect, test } from "vitest";
import { DEFAULT_RATES } from "../../src/github/limiter.ts";
import { startGitHub } from "../github/start-github.ts";
import { checksSettled } from "./checks-settled.ts";
import { startYieldsign } from "./start-yieldsign.ts";

test.each([
  ["429", 429, { "retry-after": "3" }],
  ["403", 403, { "retry-after": "3" }],
])(
  "after status %s nothing is sent until the time is over, then the job is done",
  async (_, status, headers) => {
    const github = await startGitHub();
    const yieldsign = await startYieldsign(github);
    try {
      const files = { "a.py": "async def f():\n    pass\n" };
      const repository = github.createRepository({ owner: "acme", name: "shop", files });
      const body = { message: "You have exceeded a secondary rate limit" };
      github.inject({ method: "GET", path: /\/compare\//, times: 1, when: "before", status, headers, body });
      const started = performance.now();
      await github.commit(
        repository,
        "topic",
        { "a.py": `${files["a.py"]}\n\nasync def g():\n    f()\n` },
        "Change",
      );
      await checksSettled(github, repository, "topic");
      expect(performance.now() - started).toBeGreaterThan(3_000);
      const [run, ...more] = github.checkRuns(repository, repository.git.head("topic") ?? "");
      expect(run).toMatchObject({ conclusion: "neutral", annotations: [{ path: "a.py" }] });
      expect(more).toEqual([]);
      const compares = github.requests.filter(({ path }) => path.includes("/compare/"));
      expect(compares.map((one) => one.status)).toEqual([status, 200]);
      expect(github.violations).toEqual([]);
    } finally {
      await yieldsign.stop();
      await github.stop();
    }
  },
);

test("writes have the pauses that GitHub asks for: five at once, then one a second", async () => {
  const github = await startGitHub();
  const yieldsign = await startYieldsign(github, { rates: DEFAULT_RATES });
  try {
    const repository = github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "X = 1\n" } });
    const branches = ["one", "two", "three", "four"];
    const started = performance.now();
    await Promise.all(
      branches.map((name) => github.commit(repository, name, { "a.py": `X = "${name}"\n` }, name)),
    );
    for (const name of branches) await checksSettled(github, repository, name);
    // A check run is created and completed: eight writes.
    const writes = github.requests.filter(({ operationId }) => operationId?.startsWith("checks/"));
    expect(writes.filter(({ method }) => method !== "GET")).toHaveLength(8);
    expect(performance.now() - started).toBeGreaterThan(3_000);
    expect(github.violations).toEqual([]);
  } finally {
    await yieldsign.stop();
    await github.stop();
  }
});
