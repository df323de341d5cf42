import { expect, test } from "vitest";
import type { Fault } from "../github/serve.ts";
import { startGitHub } from "../github/start-github.ts";
import { startServerProcess } from "./start-server-process.ts";
import { until } from "./until.ts";

const BEFORE = "async def f():\n    pass\n";
const AFTER = `${BEFORE}\n\nasync def g():\n    f()\n`;

test("what a killed server was working on is finished by the next one", { timeout: 90_000 }, async () => {
  const github = await startGitHub();
  const killed = await startServerProcess(github);
  let next: Awaited<ReturnType<typeof startServerProcess>> | null = null;
  try {
    const repository = github.createRepository({ owner: "acme", name: "shop", files: { "a.py": BEFORE } });
    // The review gets as far as this request.
    const trouble: Fault = { method: "GET", path: /\/git\/trees\//, times: 100, when: "before", status: 502 };
    github.inject(trouble);
    const head = await github.commit(repository, "topic", { "a.py": AFTER }, "Change");
    await until(() => trouble.times < 100, "the review to begin");
    await killed.kill();
    trouble.times = 0;
    const [left] = github.checkRuns(repository, head);
    expect(left).toMatchObject({ status: "in_progress" });
    // A while passes.
    Object.assign(left ?? {}, { startedAt: new Date(Date.now() - 3_600_000).toISOString() });

    next = await startServerProcess(github, { SWEEP_MINUTES: "1" });
    await until(() => github.checkRuns(repository, head)[0]?.status === "completed", "the sweep");
    expect(github.checkRuns(repository, head)).toMatchObject([
      { conclusion: "neutral", annotations: [{ path: "a.py", start_line: 6 }] },
    ]);
    expect(await next.stop()).toBe(0);
    const lists = github.requests.filter(({ operationId }) => operationId?.startsWith("apps/list") === true);
    expect(lists.map(({ operationId }) => operationId)).toEqual([
      "apps/list-installations",
      "apps/list-repos-accessible-to-installation",
    ]);
    expect(github.violations).toEqual([]);
  } finally {
    await killed.kill();
    await next?.kill();
    await github.stop();
  }
});
