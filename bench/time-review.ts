import { startServerProcess } from "../test/app/start-server-process.ts";
import { until } from "../test/app/until.ts";
import { startGitHub } from "../test/github/start-github.ts";

/** What reviews cost. */
interface ReviewTimes {
  /** Milliseconds from the webhook to the completed check run, for the first review of a new server. */
  readonly first: number;
  /** The same for the later ones, of other repositories: the median. */
  readonly later: number;
  /** API requests of the first one, with that for the token. */
  readonly requests: number;
}

/** Writes may follow each other without a pause five times; after so long without one, five times again. */
const REST_MS = 5_500;

/** Times reviews of new repositories on the stand-in, one by one, with the product's own rates of requests. */
export async function timeReview(
  changedFiles: number,
  otherFiles: number,
  rounds: number,
): Promise<ReviewTimes> {
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
      if (round > 0) await new Promise((resolve) => setTimeout(resolve, REST_MS));
      const started = performance.now();
      await github.openPullRequest(repository, { head: "topic", base: "main", title: "Change" });
      const head = repository.git.head("topic") ?? "";
      await until(
        () => github.checkRuns(repository, head).some(({ status }) => status === "completed"),
        "the review",
      );
      times.push(performance.now() - started);
      if (round === 0) requests = github.requests.length;
    }
    const [first = 0, ...later] = times;
    return { first, later: median(later), requests };
  } finally {
    await server.stop();
    await github.stop();
  }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
