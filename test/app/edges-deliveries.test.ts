import { expect, test } from "vitest";
import { callApi, tokenOf } from "../github/caller.ts";
import { BOT } from "../github/people.ts";
import type { GitHub } from "../github/start-github.ts";
import { newShop, type Shop } from "./new-shop.ts";
import { quiet } from "./quiet.ts";
import { DEFECTIVE } from "./sample.ts";
import { shareServer } from "./share-server.ts";
import { until } from "./until.ts";

let github: GitHub;
shareServer((started) => {
  github = started;
});

const TWO = ["app/api.py:5", "app/api.py:6"];
const statuses = ({ repository }: Shop) => new Set(repository.checkRuns.map(({ status }) => status));
const runsOn = ({ repository }: Shop, sha: string) => github.checkRuns(repository, sha);

test("a delivery that comes again, also with the same GUID, changes nothing", async () => {
  const shop = newShop(github);
  const number = await shop.open();
  await shop.settled();
  const own = github.deliveries.filter(({ repositoryId }) => repositoryId === shop.repository.id);
  for (const { guid } of [...own, ...own]) await github.redeliver(guid);
  await quiet(github, 400);
  await shop.settled();
  expect(github.reviews(shop.repository, number)).toHaveLength(1);
  expect(shop.places(number)).toEqual(TWO);
  expect(runsOn(shop, shop.repository.git.head("feature") ?? "")).toHaveLength(1);
});

test("synchronize before opened, and pushes in reverse: one review of the newest head", async () => {
  const shop = newShop(github);
  const { repository } = shop;
  github.holdDeliveries();
  const number = await shop.open();
  await github.commit(repository, "feature", { "app/api.py": DEFECTIVE, "a.txt": "1\n" }, "More");
  const held = github.deliveries.filter(({ repositoryId }) => repositoryId === repository.id);
  expect(held.map(({ event, action }) => `${event} ${action}`)).toEqual([
    "pull_request opened",
    "push null",
    "pull_request synchronize",
  ]);
  await github.releaseDeliveries([2, 0, 1, 1]);
  await shop.settled();
  expect(github.reviews(repository, number)).toMatchObject([{ commitId: repository.git.head("feature") }]);
  expect(runsOn(shop, repository.git.head("feature") ?? "")).toMatchObject([
    { externalId: `pull/${number}` },
  ]);
  expect(statuses(shop)).toEqual(new Set(["completed"]));
});

test("old events after the merge say nothing", async () => {
  const shop = newShop(github);
  const { repository } = shop;
  github.holdDeliveries();
  const number = await shop.open();
  await github.commit(repository, "feature", { "a.txt": "1\n" }, "More");
  await github.merge(repository, number);
  // Push and closing of the merge come first, what happened before it afterwards.
  await github.releaseDeliveries([3, 4, 2, 1, 0]);
  await shop.settled("main");
  await quiet(github, 400);
  expect(github.reviews(repository, number)).toEqual([]);
  expect(github.timeline(repository, number)).toEqual([]);
  expect(statuses(shop)).toEqual(new Set(["completed"]));
});

test("two pull requests with one head and two bases have a check run and comments each", async () => {
  const shop = newShop(github);
  const { repository } = shop;
  const one = DEFECTIVE.replace("        save(row)", "        await save(row)");
  repository.git.commit("release", { "app/api.py": one }, "Half of it", repository.git.head("main"));
  repository.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", repository.git.head("release"));
  const open = (base: string) =>
    github.openPullRequest(repository, { head: "feature", base, title: `Into ${base}` });
  const [wide, narrow] = [await open("main"), await open("release")];
  await until(() => shop.places(wide).length > 0 && shop.places(narrow).length > 0, "both reviews");
  await shop.settled();
  expect([shop.places(wide), shop.places(narrow)]).toEqual([TWO, ["app/api.py:6"]]);
  const runs = runsOn(shop, repository.git.head("feature") ?? "");
  expect(runs.map(({ externalId, title }) => `${externalId}: ${title}`).sort()).toEqual([
    `pull/${wide}: 2 async mistakes`,
    `pull/${narrow}: 1 async mistake`,
  ]);
  await github.commit(repository, "feature", { "app/api.py": one }, "Fix one");
  await until(() => github.comments(repository, narrow)[0]?.minimizedReason === "RESOLVED", "the folding");
  await shop.settled();
  const folded = [wide, narrow].map((number) =>
    github.comments(repository, number).map((it) => it.minimizedReason),
  );
  expect(folded).toEqual([[null, "RESOLVED"], ["RESOLVED"]]);
});

test("pushes to a pull request whose review waits or runs lead to one more review, of the newest head", async () => {
  const shop = newShop(github);
  const { repository } = shop;
  const isCompare = ({ path, operationId }: { path: string; operationId: string | null }) =>
    operationId === "repos/compare-commits-with-basehead" && path.includes(`/${repository.owner}/`);
  github.interrupt(isCompare, async () => {
    for (const text of ["1", "2", "3", "4"])
      await github.commit(repository, "feature", { "a.txt": text }, `Push ${text}`);
  });
  const number = await shop.open();
  await until(() => github.reviews(repository, number).length > 0, "the review");
  await shop.settled();
  const states = github.requests.filter(
    ({ operationName, body }) =>
      operationName === "query PullRequestState" && JSON.stringify(body).includes(`"${repository.owner}"`),
  );
  expect(states).toHaveLength(2);
  expect(github.requests.filter(isCompare)).toHaveLength(2);
  expect(github.reviews(repository, number)).toMatchObject([{ commitId: repository.git.head("feature") }]);
});

test("a pending review that a crash left is removed, the review posted, and replies are seen", async () => {
  const shop = newShop(github);
  const { repository } = shop;
  const number = await shop.open();
  await shop.settled();
  const path = `/v3/repos/${repository.owner}/shop/pulls/${number}/reviews`;
  const authorization = await tokenOf(github, shop.installation.id);
  const comments = [{ path: "app/api.py", line: 4, side: "RIGHT", body: "left behind" }];
  const { status } = await callApi(github, "POST", path, { body: { body: "", comments }, authorization });
  expect(status).toBe(200);
  const [first] = github.comments(repository, number);
  await github.reply(repository, number, first?.id ?? 0, "Why is that?");
  await github.commit(repository, "feature", { "app/more.py": DEFECTIVE }, "More");
  await shop.settled();
  const own = github.reviews(repository, number).filter(({ author }) => author === BOT);
  expect(own.map(({ state }) => state)).toEqual(["COMMENTED", "COMMENTED"]);
  expect(shop.places(number)).toEqual([...TWO, "app/api.py:5", "app/more.py:5", "app/more.py:6"]);
  const bodies = github.comments(repository, number).map(({ body }) => body);
  expect(bodies).toContain("Why is that?");
  expect(bodies).not.toContain("left behind");
});
