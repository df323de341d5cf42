import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { visibleComments } from "../../github/comments.ts";
import type { GitHub } from "../../github/start-github.ts";
import type { RepositoryState } from "../../github/state.ts";
import { checksSettled } from "../checks-settled.ts";
import { until } from "../until.ts";

const SOURCES = fileURLToPath(new URL("../../../demo/story/", import.meta.url));

/** What the page shows between the comments; `after` is the highest id of a comment or review that was there before. */
export type StoryEvent = { readonly after: number; readonly by: string } & (
  | { readonly kind: "commit"; readonly sha: string }
  | { readonly kind: "force push"; readonly from: string; readonly to: string }
  | { readonly kind: "merge"; readonly sha: string }
);

/** One step of the story, when nothing is going on any more. */
interface StoryStep {
  readonly name: string;
  /** Requests of the App during the step, by their names in GitHub's descriptions, in order. */
  readonly requests: readonly string[];
  /** Times that people were notified of something the App wrote. */
  readonly notifications: number;
}

/** A pull request whose life is told step by step. */
export interface Story {
  readonly github: GitHub;
  readonly repository: RepositoryState;
  readonly number: number;
  readonly branch: string;
  readonly events: StoryEvent[];
  readonly steps: StoryStep[];
  /** Ids of the comments whose suggestions were committed from the page. */
  readonly applied: Set<number>;
}

/** What the installation grants in the story: all that the App can use. */
export const STORY_PERMISSIONS = {
  checks: "write",
  contents: "write",
  issues: "read",
  metadata: "read",
  pull_requests: "write",
} as const;

/** The login that the App has. */
export const APP = "yieldsign[bot]";
/** Whoever opened the pull request, and a maintainer. */
export const AUTHOR = "octocat";
export const MAINTAINER = "mona";

/** Makes the repository of the story, with its two people and the branch that is about to be proposed. */
export function prepareStory(github: GitHub): Story {
  const repository = github.createRepository({ owner: "acme", name: "shop", files: readSources("main") });
  github.setPermission(repository, MAINTAINER, "admin");
  const branch = "ship-orders";
  const main = repository.git.head("main");
  repository.git.commit(branch, readSources("change"), "Ship orders and report on them", main);
  return { github, repository, number: 1, branch, events: [], steps: [], applied: new Set() };
}

/** Opens the pull request. */
export function openStory({ github, repository, branch, events }: Story): Promise<number> {
  const sha = repository.git.head(branch) ?? "";
  events.push({ kind: "commit", by: AUTHOR, after: 0, sha });
  return github.openPullRequest(repository, { head: branch, base: "main", title: "Ship orders" });
}

/** The repository's files in `demo/story`: those of the base branch (`main`) or of the pull request (`change`). */
function readSources(folder: "main" | "change"): Record<string, string> {
  const paths = readdirSync(SOURCES + folder, { recursive: true, encoding: "utf8" }).sort();
  const files = paths.filter((path) => /\.(py|toml|yml)$/.test(path));
  return Object.fromEntries(
    files.map((path) => [path.replaceAll("\\", "/"), readFileSync(`${SOURCES}${folder}/${path}`, "utf8")]),
  );
}

/** Does something on the pull request and waits until the App has answered it. */
export async function step(story: Story, name: string, act: () => Promise<unknown>): Promise<void> {
  const { github, repository, branch, steps } = story;
  const [requests, said] = [github.requests.length, notificationsOf(story)];
  await act();
  await checksSettled(github, repository, branch);
  steps.push({
    name,
    requests: github.requests
      .slice(requests)
      .map(({ operationId, operationName }) => operationName ?? operationId ?? "token"),
    notifications: notificationsOf(story) - said,
  });
}

/**
 * Times that people got a notification because of us: one for each review, whatever number of comments it has, which
 * also a reply is; one for each comment in the timeline. Edits, folding, resolving and check runs notify nobody.
 */
function notificationsOf({ repository, number }: Story): number {
  const pull = repository.pulls.get(number);
  if (pull === undefined) return 0;
  return [...pull.reviews, ...pull.timeline].filter(({ author }) => author === APP).length;
}

/** The highest id of what stands on the pull request's page. */
export function lastId({ repository, number }: Story): number {
  const pull = repository.pulls.get(number);
  if (pull === undefined) return 0;
  const shown = [...pull.reviews, ...pull.timeline, ...visibleComments(pull, null)];
  return Math.max(0, ...shown.map(({ id }) => id));
}

/** Pushes a commit to the branch and notes it. */
export async function push(story: Story, by: string, act: () => Promise<string>): Promise<void> {
  const after = lastId(story);
  const sha = await act();
  story.events.push({ kind: "commit", by, after, sha });
}

/** The comments of ours that began threads, in their order. */
export function ownThreads({ github, repository, number }: Story) {
  return github.comments(repository, number).filter((one) => one.author === APP && one.inReplyTo === null);
}

/** The first comment of the last thread about a rule. @throws when there is none. */
export function threadOf(story: Story, code: string) {
  const found = ownThreads(story).findLast(({ body }) => body.includes(`yieldsign:v1 ${code} `));
  if (found === undefined) throw new Error(`no thread about ${code}`);
  return found;
}

/** Writes a command and waits for its end, which the App's second reaction tells; answers the comment's id. */
export async function command(
  { github, repository, number }: Story,
  write: () => Promise<number>,
): Promise<number> {
  const id = await write();
  await until(() => {
    const all = [...github.timeline(repository, number), ...github.comments(repository, number)];
    const reactions = all.find((one) => one.id === id)?.reactions ?? [];
    return reactions.filter(({ user }) => user === APP).length > 1;
  }, "an end of the command");
  return id;
}
