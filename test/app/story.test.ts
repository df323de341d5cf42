import { afterEach, expect, test } from "vitest";
import { findMarkers, formatMarker } from "../../src/review/marker.ts";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import { startYieldsign } from "./start-yieldsign.ts";
import { fixByHand } from "./story/edits.ts";
import { playStory } from "./story/play-story.ts";
import {
  APP,
  openStory,
  ownThreads,
  prepareStory,
  push,
  STORY_PERMISSIONS,
  type Story,
  step,
  threadOf,
} from "./story/story.ts";

let github: GitHub;
let yieldsign: { stop(): Promise<void>; url: string };

async function start(contents: "read" | "write"): Promise<void> {
  github = await startGitHub({ permissions: { ...STORY_PERMISSIONS, contents } });
  yieldsign = await startYieldsign(github);
}

afterEach(async () => {
  await yieldsign.stop();
  await github.stop();
});

/** What is to be after a step: threads that are open, findings in the check run, notifications, requests at most. */
const EXPECTED: Readonly<Record<string, readonly [open: number, found: number, told: number, most: number]>> =
  {
    opened: [12, 12, 1, 12],
    "a suggestion committed": [11, 11, 0, 8],
    "four suggestions committed": [7, 7, 0, 8],
    "three mistakes fixed by a push": [4, 4, 3, 10],
    "argued about": [3, 4, 0, 0],
    "called wrong": [2, 4, 0, 5],
    "one ignored by a comment in the code, one moved": [1, 3, 2, 11],
    squashed: [1, 3, 0, 8],
    "the base branch moved": [1, 3, 0, 9],
    rebased: [1, 3, 0, 9],
    "one mistake came back": [2, 4, 1, 10],
    "applied by a command": [0, 2, 3, 18],
    "checked again from the page": [0, 2, 0, 4],
    merged: [0, 2, 0, 10],
  };

test("twelve mistakes: committed from the page, fixed, argued about, squashed, rebased, applied, merged", async () => {
  await start("write");
  const seen: string[] = [];
  const story = await playStory(github, (now, name) => {
    seen.push(name);
    const { notifications, requests } = now.steps.at(-1) ?? { notifications: -1, requests: [] };
    const [open, found, told, most] = EXPECTED[name] ?? [];
    expect([name, openThreads(now).length, notifications]).toEqual([name, open, told]);
    expect(requests.length, `${name}: ${requests.join(", ")}`).toBeLessThanOrEqual(most ?? 0);
    expect(checks(now)).toEqual([{ title: `${found} async mistakes`, conclusion: "neutral" }]);
    expect(repeated(now)).toEqual([]);
    expect(github.violations).toEqual([]);
  });
  expect(seen).toEqual(Object.keys(EXPECTED));
  expect(rulesOf(story)).toHaveLength(12);
  checkThreads(story);
  checkEnd(story);
}, 180_000);

/** What was said in the threads, and how often. */
function checkThreads(story: Story): void {
  const all = github.comments(story.repository, story.number);
  const replies = all.filter((one) => one.author === APP && one.inReplyTo !== null);
  const words = replies.map(({ body }) => body.split("\n", 1)[0]?.replace(/[0-9a-f]{7}\.$/, "SHA."));
  expect(words).toEqual([
    "Fixed in SHA.",
    "Fixed in SHA.",
    "Fixed in SHA.",
    "Ignored by a comment in the code since SHA.",
    "Fixed in SHA.",
    "Fixed in SHA.",
  ]);
  expect(new Set(replies.map(({ inReplyTo }) => inReplyTo)).size).toBe(replies.length);
  // The one that moved, and the one that came back on lines that are new.
  expect(ownThreads(story)).toHaveLength(14);
  const moved = ownThreads(story).filter(({ minimizedReason }) => minimizedReason !== null);
  expect(moved.map(({ body, minimizedReason }) => [body.split("[")[0], minimizedReason])).toEqual([
    ["The lines changed; the comment is now on ", "OUTDATED"],
  ]);
  expect(threadOf(story, "YS202").body).toContain("await asyncio.gather(");
  expect(threadOf(story, "YS202").body).not.toContain("How Yieldsign knows");
  expect(threadOf(story, "YS109").thread.resolvedBy).toBeNull();
}

/** What is there after merging: nothing is open, and everything that was said to people is counted. */
function checkEnd(story: Story): void {
  const { repository, number, branch, steps } = story;
  expect(repository.pulls.get(number)?.merge).not.toBeNull();
  expect(openThreads(story)).toEqual([]);
  const [run] = github.checkRuns(repository, repository.git.head(branch) ?? "");
  expect(run?.annotations.map(({ title }) => title)).toEqual([
    "YS307 blocking-call-chain",
    "YS201 dangling-task",
  ]);
  expect(run?.summary).toContain("People resolved the comments on all of these.");
  expect(run?.actions).toEqual([]);
  const answers = github.timeline(repository, number).filter(({ author }) => author === APP);
  expect(answers.map(({ body }) => body.split("\n", 1)[0])).toEqual([
    expect.stringMatching(/^Applied 2 repairs in [0-9a-f]{7}\.$/),
  ]);
  expect(repository.git.text("log", "-1", "--format=%an", branch)).toBe(APP);
  // Three reviews with comments, six replies, one answer.
  expect(steps.reduce((sum, { notifications }) => sum + notifications, 0)).toBe(10);
  const bodies = github.reviews(repository, number).map(({ body }) => body.split("\n", 1)[0]);
  expect(bodies.filter((body) => body !== "")).toEqual([
    "Yieldsign found async mistakes in this change.",
    "A comment moved with the lines.",
    "Yieldsign found an async mistake in this change.",
  ]);
}

test("without the permission to resolve, what is fixed is folded and nobody is notified of it", async () => {
  await start("read");
  const story = prepareStory(github);
  await step(story, "opened", () => openStory(story));
  await step(story, "fixed", () => push(story, "octocat", () => fixByHand(story)));
  const folded = ownThreads(story).filter(({ minimizedReason }) => minimizedReason === "RESOLVED");
  const head = story.repository.git.head(story.branch)?.slice(0, 7);
  expect(folded.map(({ body }) => body.split("**")[1])).toEqual(Array(3).fill(`Fixed in ${head}.`));
  expect(folded.flatMap(({ body }) => findMarkers(body).map(({ code }) => code)).sort()).toEqual([
    "YS109",
    "YS301",
    "YS302",
  ]);
  expect(ownThreads(story).filter(({ thread }) => thread.isResolved)).toEqual([]);
  expect(story.steps.map(({ notifications }) => notifications)).toEqual([1, 0]);
  const [run] = github.checkRuns(story.repository, story.repository.git.head(story.branch) ?? "");
  expect(run).toMatchObject({ title: "9 async mistakes", actions: [] });
  expect(run?.summary).toContain("resolving needs the permission `contents: write`");
  expect(github.violations).toEqual([]);
});

function checks({ repository, branch }: Story) {
  const runs = github.checkRuns(repository, repository.git.head(branch) ?? "");
  return runs.map(({ title, conclusion }) => ({ title, conclusion }));
}

function openThreads(story: Story) {
  return ownThreads(story).filter(
    ({ thread, minimizedReason }) => !thread.isResolved && minimizedReason === null,
  );
}

function rulesOf(story: Story): string[] {
  const codes = ownThreads(story).flatMap(({ body }) => findMarkers(body).map(({ code }) => code));
  return [...new Set(codes)];
}

/** Findings that are told in two open threads, or in an open one although a person closed another about them. */
function repeated(story: Story): string[] {
  const threads = ownThreads(story);
  const told = (open: boolean): string[] =>
    threads
      .filter(({ thread }) => (open ? !thread.isResolved : thread.isResolved && thread.resolvedBy !== null))
      .flatMap(({ body }) => findMarkers(body).map(formatMarker));
  const open = told(true);
  const closed = new Set(told(false));
  return open.filter((one, at) => open.indexOf(one) !== at || closed.has(one));
}
