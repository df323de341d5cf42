import { expect, test } from "vitest";
import type { GitHub } from "../github/start-github.ts";
import { newShop, type Shop } from "./new-shop.ts";
import { DEFECTIVE } from "./sample.ts";
import { shareServer } from "./share-server.ts";

let github: GitHub;
shareServer((started) => {
  github = started;
});

const CUT =
  "GitHub lists no more than 3,000 changed files here; if there are others, they were not looked at.";
const TWO = ["zz/api.py:5", "zz/api.py:6"];

/** So many small files that sort before all others. */
function texts(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `1/${String(index).padStart(4, "0")}.txt`);
  return Object.fromEntries(names.map((name) => [name, `${name}\n`]));
}

const pagesOf = ({ repository }: Shop) =>
  github.requests.filter(
    ({ operationId, path }) => operationId === "pulls/list-files" && path.includes(`/${repository.owner}/`),
  ).length;

test("of 301 files, renamed ones among them, all are reviewed against what they were", async () => {
  const shop = newShop(github, { "zz/__init__.py": "", "zz/old.py": DEFECTIVE });
  const number = await shop.open({
    ...texts(299),
    "zz/old.py": null,
    "zz/new.py": `${DEFECTIVE}\n\nasync def more():\n    save(2)\n`,
    "zz/sleep.py": "import asyncio\n\n\nasync def f():\n    asyncio.sleep(1)\n",
  });
  await shop.settled();
  expect(shop.places(number)).toEqual(["zz/new.py:11", "zz/sleep.py:5"]);
  expect(pagesOf(shop)).toBe(4);
  expect(shop.run()?.summary).not.toContain("no more than");
});

test("where GitHub's list of 3,000 files ends nothing is called fixed, and the check run says so", async () => {
  const shop = newShop(github);
  const number = await shop.open({ "zz/api.py": DEFECTIVE });
  await shop.settled();
  expect(shop.places(number)).toEqual(TWO);
  // The file and its mistakes are gone from the list, in truth only the list is cut.
  await github.commit(shop.repository, "feature", texts(3_000), "Many");
  await shop.settled();
  expect(pagesOf(shop)).toBe(30);
  expect(github.comments(shop.repository, number)).toHaveLength(2);
  for (const { thread, minimizedReason, line } of github.comments(shop.repository, number))
    expect([thread.isResolved, minimizedReason, line]).toEqual([false, null, expect.any(Number)]);
  expect(shop.run()?.summary).toContain(CUT);
});

test("of 3,000 files the last one is reviewed", async () => {
  const shop = newShop(github);
  const number = await shop.open({ ...texts(2_999), "zz/api.py": DEFECTIVE });
  await shop.settled();
  expect(shop.places(number)).toEqual(TWO);
  expect(pagesOf(shop)).toBe(30);
});

test("a push of more files than a comparison lists says that there may be others", async () => {
  const shop = newShop(github);
  await github.commit(shop.repository, "other", { ...texts(301), "zz/api.py": DEFECTIVE }, "Many");
  await shop.settled("other");
  expect(shop.run("other")).toMatchObject({ title: "No async mistakes", conclusion: "success" });
  expect(shop.run("other")?.summary).toContain("GitHub lists no more than 300 changed files here");
});

test("comments on a file without a patch, which GitHub refuses, do not stop the others; the check run has all", async () => {
  const table = Array.from({ length: 20_500 }, (_, index) => `V${index} = ${index}`).join("\n");
  const shop = newShop(github, { "app/table.py": "V = 1\n" });
  const number = await shop.open({
    "app/table.py": `from app.repo import save\n\n\nasync def main():\n    save(1)\n\n\n${table}\n`,
    "zz/api.py": DEFECTIVE,
  });
  await shop.settled();
  expect(shop.places(number)).toEqual(TWO);
  expect(shop.run()?.annotations.map(({ path, start_line }) => `${path}:${start_line}`)).toEqual([
    "app/table.py:5",
    ...TWO,
  ]);
  expect(shop.run()?.summary).toContain("GitHub refused a comment on these lines");
  expect(shop.run()?.summary).toContain("- `app/table.py:5`");
});
