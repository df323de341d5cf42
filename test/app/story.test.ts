import { afterEach, expect, test } from "vitest";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import { startYieldsign } from "./start-yieldsign.ts";
import { playStory } from "./story/play-story.ts";
import { ownThreads } from "./story/story.ts";

const PERMISSIONS = {
  checks: "write",
  contents: "write",
  issues: "read",
  metadata: "read",
  pull_requests: "write",
} as const;

let github: GitHub;
let yieldsign: { stop(): Promise<void>; url: string };
afterEach(async () => {
  await yieldsign.stop();
  await github.stop();
});

test("the life of a pull request", async () => {
  github = await startGitHub({ permissions: PERMISSIONS });
  yieldsign = await startYieldsign(github);
  const story = await playStory(github, (s, name) => {
    const head = s.repository.git.head(s.branch) ?? "";
    console.log(
      "=====",
      name,
      github
        .checkRuns(s.repository, head)
        .map((r) => `${r.title} ${r.conclusion}`)
        .join("; "),
    );
    console.log(s.steps.at(-1));
    for (const t of ownThreads(s))
      console.log(
        /YS\d+/.exec(t.body)?.[0],
        t.path,
        t.line,
        t.thread.isResolved,
        t.thread.resolvedBy,
        t.minimizedReason,
        t.body.slice(0, 60).replace(/\n/g, "|"),
      );
  });
  for (const c of github.comments(story.repository, 1))
    console.log("-----", c.id, c.inReplyTo, c.author, "\n" + c.body);
  for (const c of github.timeline(story.repository, 1)) console.log("--T--", c.id, c.author, "\n" + c.body);
  for (const c of github.reviews(story.repository, 1)) console.log("--R--", c.id, c.author, "\n" + c.body);
  for (const c of story.repository.checkRuns)
    console.log("--C--", c.headSha, c.title, c.conclusion, "\n" + c.summary, c.actions);
  expect(github.violations).toEqual([]);
}, 240_000);
