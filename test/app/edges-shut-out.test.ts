import { expect, test } from "vitest";
import { startGitHub } from "../github/start-github.ts";
import { newShop, type Shop } from "./new-shop.ts";
import { quiet } from "./quiet.ts";
import { startServerProcess } from "./start-server-process.ts";

test("where the App is shut out in mid-work the job ends, is logged once, and is not tried again", async () => {
  const github = await startGitHub();
  const log: string[] = [];
  const server = await startServerProcess(github, {}, log);
  const shops: Record<string, Shop> = {};
  const acts: Record<string, (shop: Shop) => void> = {
    archived: ({ repository }) => github.archive(repository),
    deleted: ({ repository }) => github.deleteRepository(repository),
    removed: ({ repository }) => github.removeFromInstallation(repository),
    suspended: ({ installation }) => github.suspend(installation.id),
    "suspended before": ({ installation }) => github.suspend(installation.id),
  };
  try {
    for (const [name, act] of Object.entries(acts)) {
      const shop = newShop(github);
      shops[name] = shop;
      if (name === "suspended before") act(shop);
      else
        github.interrupt(
          ({ path, operationId }) =>
            operationId === "repos/compare-commits-with-basehead" &&
            path.includes(`/${shop.repository.owner}/`),
          () => act(shop),
        );
      await shop.open();
      await quiet(github, 250);
    }
    const count = github.requests.length;
    await quiet(github);
    expect(github.requests).toHaveLength(count);
    for (const [name, { repository }] of Object.entries(shops)) {
      const own = github.requests.filter(({ path }) => path.includes(`/${repository.owner}/`));
      expect([name, own.filter(({ status, method }) => status >= 400 && method !== "GET").length]).toEqual([
        name,
        expect.toSatisfy((refused: number) => refused <= 3),
      ]);
      expect(github.reviews(repository, 1)).toEqual([]);
      const lines = log.filter((line) => line.includes(`${repository.owner}/shop`));
      expect([name, lines.length]).toEqual([name, expect.toSatisfy((logged: number) => logged <= 1)]);
    }
    for (const name of ["deleted", "suspended", "suspended before"])
      expect(log.filter((line) => line.includes(`${shops[name]?.repository.owner}/shop`))).toHaveLength(1);

    // The others go on.
    const other = newShop(github);
    const number = await other.open();
    await other.settled();
    expect(other.places(number)).toHaveLength(2);
    expect(github.violations).toEqual([]);
  } finally {
    await server.stop();
    await github.stop();
  }
});
