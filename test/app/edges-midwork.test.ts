import { expect, test } from "vitest";
import type { LoggedRequest } from "../github/serve.ts";
import type { GitHub } from "../github/start-github.ts";
import { newShop, type Shop } from "./new-shop.ts";
import { DEFECTIVE } from "./sample.ts";
import { shareServer } from "./share-server.ts";
import { until } from "./until.ts";

let github: GitHub;
shareServer((started) => {
  github = started;
});

const TWO = ["app/api.py:5", "app/api.py:6"];
const isOf =
  ({ repository }: Shop, operation: string) =>
  ({ operationId, path }: LoggedRequest) =>
    operationId === operation &&
    (path.includes(`/${repository.owner}/`) || path.includes(`/${repository.id}/`));

/** The moments of a review: while it reads the change, before it looks again, and right before it posts. */
const MOMENTS = ["repos/compare-commits-with-basehead", "pulls/get"];

test.each(MOMENTS)(
  "head moved at %s: the old head's check ends, only the new head is reviewed",
  async (moment) => {
    const shop = newShop(github);
    const { repository } = shop;
    github.interrupt(isOf(shop, moment), () =>
      github.commit(repository, "feature", { "app/api.py": `"""Rows."""\n${DEFECTIVE}` }, "More"),
    );
    const number = await shop.open();
    const old = repository.git.head("feature") ?? "";
    await until(() => github.reviews(repository, number).length > 0, "the review");
    await shop.settled();
    await shop.settled(old);
    expect(github.reviews(repository, number)).toMatchObject([{ commitId: repository.git.head("feature") }]);
    expect(shop.places(number)).toEqual(["app/api.py:6", "app/api.py:7"]);
    expect(shop.run(old)).toMatchObject({ status: "completed", title: "2 async mistakes" });
  },
);

test.each(MOMENTS)("a pull request closed at %s gets no comment, and its check ends", async (moment) => {
  const shop = newShop(github);
  github.interrupt(isOf(shop, moment), () => github.setOpen(shop.repository, 1, false));
  const number = await shop.open();
  await shop.settled();
  expect(github.reviews(shop.repository, number)).toEqual([]);
  expect(shop.run()).toMatchObject({ status: "completed", conclusion: "neutral" });
  await github.setOpen(shop.repository, number, true);
  await until(() => shop.places(number).length > 0, "the review after it was opened again");
  await shop.settled();
  expect(shop.places(number)).toEqual(TWO);
  expect(github.checkRuns(shop.repository, shop.repository.git.head("feature") ?? "")).toHaveLength(1);
});

test("a pull request merged in mid-work gets no comment, and its check ends", async () => {
  const shop = newShop(github);
  github.interrupt(isOf(shop, "pulls/get"), () => github.merge(shop.repository, 1));
  const number = await shop.open();
  await shop.settled();
  await shop.settled("main");
  expect(github.reviews(shop.repository, number)).toEqual([]);
  expect(shop.repository.checkRuns.map(({ status }) => status)).not.toContain("in_progress");
});

test("a branch deleted in mid-work closes the pull request: nothing is said, the check ends", async () => {
  const shop = newShop(github);
  github.interrupt(isOf(shop, "repos/compare-commits-with-basehead"), () =>
    github.deleteBranch(shop.repository, "feature"),
  );
  const number = await shop.open();
  await until(() => shop.repository.checkRuns[0]?.status === "completed", "the check");
  expect(github.reviews(shop.repository, number)).toEqual([]);
});

// The check run is created under the old name, everything else is read and written after the renaming.
test.each([
  ["before the check run", "checks/create"],
  ["while it reads", "repos/compare-commits-with-basehead"],
  ["before it posts", "pulls/create-review"],
])("a repository renamed %s is followed, also by what is written", async (_, moment) => {
  const shop = newShop(github);
  github.interrupt(isOf(shop, moment), () => github.rename(shop.repository, { name: "store" }));
  const number = await shop.open();
  await shop.settled();
  expect(shop.places(number)).toEqual(TWO);
  expect(github.reviews(shop.repository, number)).toHaveLength(1);
  expect(github.checkRuns(shop.repository, shop.repository.git.head("feature") ?? "")).toMatchObject([
    { conclusion: "neutral" },
  ]);
  const old = `${shop.repository.owner}/shop`;
  const redirected = github.requests.filter(({ path, status }) => path.includes(old) && status >= 300);
  expect(new Set(redirected.map(({ status }) => status)).has(307)).toBe(true);
});
