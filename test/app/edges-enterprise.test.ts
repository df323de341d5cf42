import { expect, test } from "vitest";
import { startGitHub } from "../github/start-github.ts";
import { newShop } from "./new-shop.ts";
import { DEFECTIVE } from "./sample.ts";
import { startServerProcess } from "./start-server-process.ts";
import { until } from "./until.ts";

test("on GitHub Enterprise Server a pull request is reviewed, followed and repaired below /api alone", async () => {
  const github = await startGitHub({ enterprise: { host: "github.example.com", version: "3.19.0" } });
  const server = await startServerProcess(github);
  try {
    const shop = newShop(github);
    const { repository, installation } = shop;
    const permissions = { ...installation.permissions, contents: "write" } as const;
    github.grant(installation.id, { permissions, events: installation.events });
    const number = await shop.open();
    await shop.settled();
    expect(shop.places(number)).toEqual(["app/api.py:5", "app/api.py:6"]);
    const one = DEFECTIVE.replace("        save(row)", "        await save(row)");
    await github.commit(repository, "feature", { "app/api.py": one }, "Fix one");
    await shop.settled();
    const isResolved = () => github.comments(repository, number).map(({ thread }) => thread.isResolved);
    expect(isResolved().slice(0, 2)).toEqual([false, true]);
    const run = shop.run();
    await github.pressAction(repository, run?.id ?? 0, run?.actions[0]?.identifier ?? "");
    await until(() => shop.run()?.conclusion === "success", "the check of the repaired head");
    await shop.settled();
    expect(isResolved()).not.toContain(false);
    expect(repository.git.run("show", "feature:app/api.py").toString("utf8")).toContain("async for row");

    // The stand-in knows GraphQL at /api/graphql only, and REST below /api/v3; what went elsewhere is a violation.
    const queries = new Set(github.requests.flatMap(({ operationName }) => operationName ?? []));
    expect([...queries]).toEqual(
      expect.arrayContaining(["query PullRequestState", "mutation ChangeThreads", "mutation ApplyRepairs"]),
    );
    expect(github.violations).toEqual([]);
  } finally {
    await server.stop();
    await github.stop();
  }
});
