import { expect, test } from "vitest";
import type { GitHub } from "../github/start-github.ts";
import { newShop } from "./new-shop.ts";
import { quiet } from "./quiet.ts";
import { DEFECTIVE } from "./sample.ts";
import { shareServer } from "./share-server.ts";

let github: GitHub;
shareServer((started) => {
  github = started;
});

const CONFIGURATION = ".github/yieldsign.yml";
const NEW = "from app.repo import save\n\n\nasync def f():\n    save(1)\n";

test.each([
  ["never", "neutral"],
  ["warning", "failure"],
])(
  "a merge group's check is completed by the configuration: `fail-on: %s` gives %s",
  async (failOn, conclusion) => {
    const shop = newShop(github, { [CONFIGURATION]: `fail-on: ${failOn}\n` });
    const { repository } = shop;
    const number = await shop.open({ "app/new.py": NEW });
    await shop.settled();
    // What came onto the base meanwhile is not the group's: it is compared with the group's base.
    await github.commit(repository, "main", { "app/api.py": DEFECTIVE }, "Elsewhere");
    await shop.settled("main");
    const before = github.requests.length;
    const { headSha, baseSha } = await github.enqueue(repository, number);
    await shop.settled(headSha);
    await quiet(github, 300);
    expect(github.checkRuns(repository, headSha)).toMatchObject([
      { conclusion, externalId: `merge-group/${headSha}`, annotations: [{ path: "app/new.py" }] },
    ]);
    const compared = github.requests.slice(before).filter(({ path }) => path.includes("/compare/"));
    expect(compared.map(({ path }) => path.split("/compare/")[1])).toEqual([`${baseSha}...${headSha}`]);
  },
);

test("a group without mistakes is green, also when it is destroyed before its check began", async () => {
  const shop = newShop(github);
  const number = await shop.open({ "app/new.py": "async def f():\n    return 1\n" });
  await shop.settled();
  github.holdDeliveries();
  const group = await github.enqueue(shop.repository, number);
  await github.destroyMergeGroup(shop.repository, group, "dequeued");
  await github.releaseDeliveries();
  await shop.settled(group.headSha);
  expect(github.checkRuns(shop.repository, group.headSha)).toMatchObject([{ conclusion: "success" }]);
});

test("the push of the queue's branch, delivered after the event, takes nothing from it", async () => {
  const shop = newShop(github);
  const number = await shop.open({ "app/new.py": NEW });
  await shop.settled();
  github.holdDeliveries();
  const { headSha } = await github.enqueue(shop.repository, number);
  await github.releaseDeliveries([1, 0]);
  await shop.settled(headSha);
  expect(github.checkRuns(shop.repository, headSha)).toMatchObject([{ title: "1 async mistake" }]);
});

test("a branch that shares no commit with the default branch is skipped, and says why", async () => {
  const shop = newShop(github);
  const { git } = shop.repository;
  // As `git checkout --orphan` makes it, for a site.
  const tree = git.text("hash-object", "-w", "-t", "tree", "/dev/null");
  const root = git.text(
    "-c",
    "user.name=o",
    "-c",
    "user.email=o@example.com",
    "commit-tree",
    "-m",
    "Site",
    tree,
  );
  const head = await github.forcePush(shop.repository, "gh-pages", root, { "conf.py": "x = 1\n" }, "Site");
  await shop.settled(head);
  expect(shop.run(head)).toMatchObject({
    conclusion: "skipped",
    summary:
      "The branch has no commit in common with the default branch, so there is nothing to compare it with.",
  });
});
