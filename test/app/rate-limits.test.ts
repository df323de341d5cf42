import { expect, test } from "vitest";
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
