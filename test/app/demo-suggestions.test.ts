import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import type { RepositoryState } from "../github/state.ts";
import { suggestionIn } from "../github/suggestions.ts";
import { demoChange } from "../suggestions/changes.ts";
import { checksSettled } from "./checks-settled.ts";
import { startYieldsign } from "./start-yieldsign.ts";

const { base, head } = demoChange();
const FILE = ".github/yieldsign.yml";
const SETTINGS = readFileSync(new URL(`../../demo/service/main/${FILE}`, import.meta.url), "utf8");

let github: GitHub;
let yieldsign: { stop(): Promise<void>; url: string };
let repository: RepositoryState;

beforeAll(async () => {
  github = await startGitHub();
  yieldsign = await startYieldsign(github);
  repository = github.createRepository({
    owner: "acme",
    name: "newsletter",
    files: { ...Object.fromEntries(base), [FILE]: SETTINGS },
  });
});

afterAll(async () => {
  await yieldsign.stop();
  await github.stop();
});

/** Opens the demo's pull request from a new branch; answers the comments that have a button. */
async function open(branch: string): Promise<{ number: number; ids: number[] }> {
  repository.git.commit(branch, Object.fromEntries(head), "Change", repository.git.head("main"));
  const number = await github.openPullRequest(repository, { head: branch, base: "main", title: branch });
  await checksSettled(github, repository, branch);
  const suggested = github.comments(repository, number).filter(({ body }) => suggestionIn(body) !== null);
  return { number, ids: suggested.map(({ id }) => id) };
}

/** What the check run says of each finding, without its line. */
function messages(branch: string): string[] {
  const run = github.checkRuns(repository, repository.git.head(branch) ?? "").at(-1);
  return (run?.annotations ?? []).map(({ path, title, message }) => `${path} ${title} ${message}`);
}

test("each suggestion of the demo, committed alone or with all others, takes away its findings and no more", async () => {
  const all = await open("all");
  const before = messages("all");
  expect(github.comments(repository, all.number)).toHaveLength(before.length);
  expect(all.ids.length).toBeGreaterThan(15);
  const fixed = await Promise.all(
    all.ids.map(async (_, index) => {
      const branch = `only-${index}`;
      const { number, ids } = await open(branch);
      expect(messages(branch)).toEqual(before);
      await github.commitSuggestions(repository, number, ids.slice(index, index + 1));
      await checksSettled(github, repository, branch);
      const left = messages(branch);
      expect(left.length).toBeLessThan(before.length);
      expect(without(left, before)).toEqual([]);
      return before.length - left.length;
    }),
  );
  await github.commitSuggestions(repository, all.number, all.ids);
  await checksSettled(github, repository, "all");
  expect(messages("all")).toHaveLength(before.length - fixed.reduce((sum, one) => sum + one, 0));
  expect(without(messages("all"), before)).toEqual([]);
  expect(github.violations).toEqual([]);
});

/** The messages that are not among the known ones, each of which counts once. */
function without(some: readonly string[], known: readonly string[]): string[] {
  const left = [...known];
  return some.filter((one) => {
    const at = left.indexOf(one);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
