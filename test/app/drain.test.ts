import { expect, test } from "vitest";
import { startGitHub } from "../github/start-github.ts";
import { startServerProcess } from "./start-server-process.ts";
import { until } from "./until.ts";

test("the real server ends on SIGTERM with the work done that it had accepted", async () => {
  const github = await startGitHub();
  const server = await startServerProcess(github);
  try {
    const repository = github.createRepository({
      owner: "acme",
      name: "shop",
      files: { "a.py": "async def f():\n    pass\n" },
    });
    const text = "async def f():\n    pass\n\n\nasync def g():\n    f()\n";
    repository.git.commit("topic", { "a.py": text }, "Change", repository.git.head("main"));
    const number = await github.openPullRequest(repository, { head: "topic", base: "main", title: "Change" });
    await until(() => github.requests.length > 2, "the job to begin");
    expect(github.reviews(repository, number)).toEqual([]);
    expect(await server.stop()).toBe(0);
    expect(github.comments(repository, number)).toHaveLength(1);
    const [run] = github.checkRuns(repository, repository.git.head("topic") ?? "");
    expect(run?.status).toBe("completed");
    expect(github.violations).toEqual([]);
  } finally {
    await github.stop();
  }
});
