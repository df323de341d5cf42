import { expect, test } from "vitest";
import type { GitHub } from "../github/start-github.ts";
import { newShop, type Shop } from "./new-shop.ts";
import { shareServer } from "./share-server.ts";

let github: GitHub;
shareServer((started) => {
  github = started;
});

function shopWith(yaml: string, isGranted: boolean): Shop {
  const shop = newShop(github, { ".github/yieldsign.yml": yaml });
  const { id, permissions, events } = shop.installation;
  if (isGranted) github.grant(id, { permissions: { ...permissions, security_events: "write" }, events });
  return shop;
}

interface Log {
  readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[];
}

/** Codes of the results of an upload. */
function resultsOf({ repository }: Shop, upload: number): string[] {
  const log = repository.sarifs[upload]?.log as Log | undefined;
  return (log?.runs ?? []).flatMap(({ results }) => results.map(({ ruleId }) => ruleId));
}

test("with `sarif: true` and the permission the findings of a pull request are in code scanning", async () => {
  const shop = shopWith("sarif: true\n", true);
  const number = await shop.open();
  await shop.settled();
  const head = shop.repository.git.head("feature");
  expect(shop.repository.sarifs).toMatchObject([
    { commitSha: head, ref: `refs/pull/${number}/head`, errors: [] },
  ]);
  const codes = shop.run()?.annotations.map(({ title }) => title?.split(" ")[0]);
  expect(codes).toHaveLength(2);
  expect(resultsOf(shop, 0)).toEqual(codes);
  expect(shop.run()?.summary).not.toContain("code scanning");
  // What is fixed goes away by an upload without it.
  await github.commit(shop.repository, "feature", { "app/api.py": "x = 1\n" }, "Fix");
  await shop.settled();
  expect(shop.repository.sarifs).toHaveLength(2);
  expect(resultsOf(shop, 1)).toEqual([]);
});

test("without the permission one line says so; everything else is as always", async () => {
  const shop = shopWith("sarif: true\n", false);
  const number = await shop.open();
  await shop.settled();
  expect(shop.repository.sarifs).toEqual([]);
  expect(shop.places(number)).toHaveLength(2);
  expect(shop.run()).toMatchObject({ conclusion: "neutral" });
  expect(
    shop
      .run()
      ?.summary?.split("\n")
      .filter((line) => line.includes("code scanning")),
  ).toEqual([
    "The findings were not uploaded to code scanning: the App is not permitted to (`security_events: write`).",
  ]);
});

test("a repository without code scanning, and one that does not ask for it", async () => {
  const shop = shopWith("sarif: true\n", true);
  github.inject({
    method: "POST",
    path: new RegExp(`/${shop.repository.owner}/.*/sarifs$`),
    times: 1,
    when: "before",
    status: 403,
    body: { message: "Advanced Security must be enabled for this repository to use code scanning." },
  });
  await shop.open();
  await shop.settled();
  expect(shop.run()?.summary).toContain("code scanning is not enabled for this repository.");
  const silent = shopWith("sarif: false\n", true);
  await silent.open();
  await silent.settled();
  expect(silent.repository.sarifs).toEqual([]);
});
