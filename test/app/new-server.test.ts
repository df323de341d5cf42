import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import { newShop } from "./new-shop.ts";
import { quiet } from "./quiet.ts";
import { DEFECTIVE } from "./sample.ts";
import { startYieldsign } from "./start-yieldsign.ts";

let github: GitHub;
let yieldsign: { stop(): Promise<void> };
beforeAll(async () => {
  github = await startGitHub();
  yieldsign = await startYieldsign(github);
});
afterEach(() => expect(github.violations).toEqual([]));
afterAll(async () => {
  await yieldsign.stop();
  await github.stop();
});

test("a new server that knows nothing repeats nothing, and goes on with the threads of the old one", async () => {
  const shop = newShop(github);
  const number = await shop.open();
  await shop.settled();
  await yieldsign.stop();
  yieldsign = await startYieldsign(github);
  const [delivery] = github.deliveries.filter(({ repositoryId }) => repositoryId === shop.repository.id);
  await github.redeliver(delivery?.guid ?? "");
  await quiet(github, 400);
  expect(github.reviews(shop.repository, number)).toHaveLength(1);
  await github.grant(shop.installation.id, {
    permissions: { checks: "write", contents: "write", metadata: "read", pull_requests: "write" },
  });
  github.expireTokens();
  await github.commit(
    shop.repository,
    "feature",
    { "app/api.py": DEFECTIVE.replace("save(row)", "await save(row)") },
    "Fix",
  );
  await shop.settled();
  const threads = github.comments(shop.repository, number).filter(({ inReplyTo }) => inReplyTo === null);
  expect(threads.map(({ thread }) => thread.isResolved)).toEqual([false, true]);
  expect(github.reviews(shop.repository, number).filter(({ state }) => state !== "COMMENTED")).toEqual([]);
});

test("what people write is theirs, also when they quote a comment with its hidden lines", async () => {
  const shop = newShop(github);
  const number = await shop.open();
  await shop.settled();
  const [ours, other] = github.comments(shop.repository, number);
  const quoted = await github.commentOnLines(
    shop.repository,
    number,
    { path: "app/api.py", line: 4, body: other?.body ?? "" },
    "mona",
  );
  await github.comment(
    shop.repository,
    number,
    `<!-- yieldsign:ignore YS106 mona - -->\n<!-- yieldsign:summary -->`,
    "mona",
  );
  await github.commit(shop.repository, "feature", { "app/api.py": `import os\n${DEFECTIVE}` }, "Shift");
  await shop.settled();
  const comments = github.comments(shop.repository, number);
  expect(comments.map(({ id, inReplyTo }) => [id, inReplyTo])).toEqual([
    [ours?.id, null],
    [other?.id, null],
    [quoted, null],
  ]);
  expect(
    comments.every(({ thread, minimizedReason }) => !thread.isResolved && minimizedReason === null),
  ).toBe(true);
  expect(shop.run()?.annotations).toHaveLength(2);
  expect(github.timeline(shop.repository, number)).toHaveLength(1);
});
