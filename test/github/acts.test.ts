import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callApi } from "./caller.ts";
import { openShop, type Shop } from "./open-shop.ts";
import { readAppGrant } from "./permissions.ts";

let shop: Shop;

beforeEach(async () => {
  shop = await openShop({ issues: "read" });
});
afterEach(async () => {
  expect(shop.github.violations).toEqual([]);
  await shop.github.stop();
});

/** Event, action and sender of the last deliveries, and what stands in their bodies. */
const last = (count = 1) =>
  shop.github.deliveries.slice(-count).map(({ event, action, body }) => {
    const payload = JSON.parse(body);
    return { name: [event, action].join("."), sender: payload.sender.login as string, payload };
  });

describe("webhooks carry the acting person", () => {
  test("comments in the timeline and in threads", async () => {
    const { github, repository } = shop;
    const root = await shop.comment();
    const id = await github.comment(repository, 1, "/yieldsign help", "hubot");
    expect(last()).toMatchObject([
      {
        name: "issue_comment.created",
        sender: "hubot",
        payload: { comment: { id, user: { login: "hubot" } }, issue: { number: 1, pull_request: {} } },
      },
    ]);
    const reply = await github.reply(repository, 1, root, "No");
    expect(last()).toMatchObject([
      {
        name: "pull_request_review_comment.created",
        sender: "octocat",
        payload: { comment: { id: reply, in_reply_to_id: root }, pull_request: { number: 1 } },
      },
    ]);
    await github.setResolved(repository, 1, root, true, "hubot");
    await github.setResolved(repository, 1, root, false);
    expect(last(2)).toMatchObject([
      {
        name: "pull_request_review_thread.resolved",
        sender: "hubot",
        payload: { thread: { node_id: `PRRT_${root}`, comments: [{ id: root }, { id: reply }] } },
      },
      { name: "pull_request_review_thread.unresolved", sender: "octocat" },
    ]);
  });

  test("no webhook tells of a reaction", async () => {
    const root = await shop.comment();
    const before = shop.github.deliveries.length;
    shop.github.react(shop.repository, 1, root, "-1");
    expect(shop.github.deliveries).toHaveLength(before);
    expect((await shop.call("GET", "/pulls/1/comments")).body).toMatchObject([{ reactions: { "-1": 1 } }]);
  });

  test("authors, labels and drafts of pull requests", async () => {
    const { github, repository } = shop;
    repository.git.commit("more", { "b.py": "y\n" }, "More", repository.git.head("main"));
    const number = await github.openPullRequest(repository, {
      head: "more",
      base: "main",
      title: "More",
      author: "hubot",
      labels: ["wip"],
    });
    expect(last()).toMatchObject([
      { sender: "hubot", payload: { pull_request: { user: { login: "hubot" }, labels: [{ name: "wip" }] } } },
    ]);
    await github.setLabels(repository, number, ["ready"]);
    expect(last(2)).toMatchObject([
      { name: "pull_request.unlabeled", payload: { label: { name: "wip" } } },
      { name: "pull_request.labeled", payload: { label: { name: "ready" } } },
    ]);
    await github.convertToDraft(repository, number);
    expect(last()).toMatchObject([
      { name: "pull_request.converted_to_draft", payload: { pull_request: { draft: true } } },
    ]);
  });

  test("a merge is a commit of both sides, and the pull request stays as it was compared", async () => {
    const { github, repository } = shop;
    const [base, head] = [repository.git.head("main"), repository.git.head("topic")];
    const sha = await github.merge(repository, 1, "hubot");
    expect(repository.git.head("main")).toBe(sha);
    expect(repository.git.text("log", "-1", "--format=%P", "main")).toBe(`${base} ${head}`);
    expect(last(2)).toMatchObject([
      { name: "push.", sender: "hubot", payload: { ref: "refs/heads/main", after: sha } },
      {
        name: "pull_request.closed",
        sender: "hubot",
        payload: {
          pull_request: { merged: true, merge_commit_sha: sha, base: { sha: base }, changed_files: 1 },
        },
      },
    ]);
    await expect(github.merge(repository, 1)).rejects.toThrow("cannot be merged");
  });
});

describe("a check run's buttons", () => {
  const ACTION = { label: "Apply fixes", description: "Commits all repairs", identifier: "apply" };
  const create = (more: object) =>
    shop.call("POST", "/check-runs", { name: "x", head_sha: shop.repository.git.head("topic"), ...more });

  test("are there once it is completed, and pressing one tells who did", async () => {
    const output = { title: "t", summary: "s", text: "long" };
    const { body } = await create({ actions: [ACTION], output, external_id: "pull/1" });
    const id = Number(body.id);
    await expect(shop.github.pressAction(shop.repository, id, "apply")).rejects.toThrow("shows no apply");
    await shop.call("PATCH", `/check-runs/${id}`, { conclusion: "neutral", details_url: "https://e.com/" });
    await shop.github.pressAction(shop.repository, id, "apply", "hubot");
    expect(last()).toMatchObject([
      {
        name: "check_run.requested_action",
        sender: "hubot",
        payload: {
          requested_action: { identifier: "apply" },
          check_run: { external_id: "pull/1", details_url: "https://e.com/", output },
        },
      },
    ]);
  });
});

test("a check run without a link of its own links to the App when it is asked for again", async () => {
  const head_sha = shop.repository.git.head("topic");
  const { body } = await shop.call("POST", "/check-runs", { name: "x", head_sha });
  await shop.github.rerequest(shop.repository, Number(body.id));
  const details_url = "https://github.com/apps/yieldsign";
  expect(last()).toMatchObject([{ name: "check_run.rerequested", payload: { check_run: { details_url } } }]);
});

describe("what an installation grants", () => {
  test("decides which events it hears of", async () => {
    const { github, repository } = shop;
    const count = async (act: () => Promise<unknown>): Promise<number> => {
      const before = github.deliveries.length;
      await act();
      return github.deliveries.length - before;
    };
    const comment = () => github.comment(repository, 1, "hi");
    expect(await count(comment)).toBe(1);
    github.grant(1, { events: readAppGrant().events.filter((one) => one !== "issue_comment") });
    expect(await count(comment)).toBe(0);
    const { issues: _, ...permissions } = { issues: "read", ...readAppGrant().permissions } as const;
    github.grant(1, { ...readAppGrant(), permissions });
    expect(await count(comment)).toBe(0);
  });

  test("stays what it was when the App asks for more, until the owner agrees", async () => {
    const { github } = shop;
    const permissions = { ...readAppGrant().permissions, contents: "write" } as const;
    github.changeApp({ permissions });
    const other = github.install("globex");
    const granted = async (id: number) => {
      const path = `/v3/app/installations/${id}/access_tokens`;
      return (await callApi(github, "POST", path, { body: {} })).body.permissions;
    };
    expect(await granted(1)).toMatchObject({ contents: "read" });
    expect(await granted(other.id)).toMatchObject({ contents: "write" });
    github.grant(1, { permissions });
    expect(await granted(1)).toMatchObject({ contents: "write" });
  });
});
