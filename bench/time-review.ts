import { startServerProcess } from "../test/app/start-server-process.ts";
import { until } from "../test/app/until.ts";
import { startGitHub } from "../test/github/start-github.ts";

/** Time from a webhook to the completed review, in milliseconds, and the API requests of one review. */
export async function timeReview(
  changedFiles: number,
  otherFiles: number,
  rounds: number,
): Promise<{ milliseconds: number; requests: number }> {
  const github = await startGitHub();
  const server = await startServerProcess(github);
  try {
    const files: Record<string, string> = {
      "app/__init__.py": "",
      "app/repo.py": "async def rows():\n    yield 1\n",
    };
    for (let index = 0; index < otherFiles; index++)
      files[`app/other_${index}.py`] = `def value_${index}():\n    return ${index}\n`;
    const change: Record<string, string> = {};
    for (let index = 0; index < changedFiles; index++) {
      files[`app/part_${index}.py`] =
        `from app.repo import rows\n\n\nasync def main_${index}():\n    return 1\n`;
      change[`app/part_${index}.py`] =
        `from app.repo import rows\n\n\nasync def main_${index}():\n    return list(rows())\n`;
    }
    const times: number[] = [];
    let requests = 0;
    for (let round = 0; round < rounds; round++) {
      const repository = github.createRepository({ owner: "acme", name: `shop-${round}`, files });
      repository.git.commit("topic", change, "Change", repository.git.head("main"));
      const before = github.requests.length;
      const started = performance.now();
      await github.openPullRequest(repository, { head: "topic", base: "main", title: "Change" });
      const head = repository.git.head("topic") ?? "";
      await until(
        () => github.checkRuns(repository, head).some(({ status }) => status === "completed"),
        "the review",
      );
      times.push(performance.now() - started);
      requests = github.requests.length - before;
    }
    return { milliseconds: median(times), requests };
  } finally {
    await server.stop();
    await github.stop();
  }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
