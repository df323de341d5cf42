import { Probot, ProbotOctokit } from "probot";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnalysisThread, startAnalysisThread } from "../../src/app/analysis-thread.ts";
import { applyFixes } from "../../src/app/apply-fixes.ts";
import { readWithSettings } from "../../src/app/read-with-settings.ts";
import { createSourceCache } from "../../src/app/source-cache.ts";
import type { Permission } from "../../src/github/read-permission.ts";
import { openFeedback } from "../../src/jobs/feedback.ts";
import type { FileChanges } from "../github/git-store.ts";
import { type GitHub, startGitHub } from "../github/start-github.ts";
import type { RepositoryState } from "../github/state.ts";

const SAVE = "async def save(row):\n    return row\n";
const DEFECT = "from repo import save\n\n\nasync def main():\n    save(1)\n";
const GOOD = DEFECT.replace("save(1)", "await save(1)");

let github: GitHub;
let repository: RepositoryState;
const thread = startAnalysisThread();
afterAll(() => thread.stop());
/** Happens after the analysis, before the commit. */
let meanwhile: () => void;

beforeEach(async () => {
  github = await startGitHub({
    permissions: {
      checks: "write",
      contents: "write",
      metadata: "read",
      pull_requests: "write",
      issues: "read",
    },
  });
  repository = github.createRepository({ owner: "acme", name: "shop", files: { "repo.py": SAVE } });
  meanwhile = () => {};
});

afterEach(() => github.stop());

async function open(files: FileChanges, from = repository): Promise<number> {
  from.git.commit("feature", files, "Change", from.git.head("main"));
  return github.openPullRequest(repository, { head: "feature", base: "main", title: "Change", from });
}

async function apply(number: number, permission: Permission = "write") {
  const probot = new Probot({
    appId: github.appId,
    privateKey: github.privateKey,
    baseUrl: `http://${github.host}/api/v3`,
    logLevel: "fatal",
    Octokit: ProbotOctokit.defaults((options: object) => ({ ...options, throttle: { enabled: false } })),
  });
  const client = await probot.auth(1);
  const target = { owner: "acme", repo: "shop", number, htmlUrl: "https://github.com/acme/shop" };
  const known = await readWithSettings(client, target, number, github.appId);
  const engine = {
    appId: github.appId,
    cache: createSourceCache(),
    feedback: openFeedback(null, { info: () => {} }),
    thread: {
      ...thread,
      async repair(...input: Parameters<AnalysisThread["repair"]>) {
        const repaired = await thread.repair(...input);
        meanwhile();
        return repaired;
      },
    },
  };
  return applyFixes(client, target, known, permission, engine);
}

function show(path: string): string {
  return repository.git.run("show", `feature:${path}`).toString("utf8");
}

function commits(): string[] {
  return repository.git.text("log", "--format=%an: %s", "main..feature").split("\n");
}

describe("applied repairs", () => {
  test("are one commit of the App on the head, and only the edits differ", async () => {
    const crlf = `\uFEFF${DEFECT.replaceAll("\n", "\r\n").trimEnd()}`;
    const number = await open({ "api.py": DEFECT, "crlf.py": crlf, "README.md": "text" });
    const { isApplied, text } = await apply(number);
    expect(text).toMatch(/^Applied 2 repairs in [0-9a-f]{7}\.$/);
    expect(isApplied).toBe(true);
    expect(commits()).toEqual([
      "yieldsign[bot]: Apply 2 Yieldsign repairs",
      expect.stringContaining("Change"),
    ]);
    expect(repository.git.text("log", "-1", "--format=%b", "feature")).toBe(
      "YS106 missing-await in api.py:5\nYS106 missing-await in crlf.py:5",
    );
    expect(show("api.py")).toBe(GOOD);
    expect(show("crlf.py")).toBe(`\uFEFF${GOOD.replaceAll("\n", "\r\n").trimEnd()}`);
    expect(repository.git.text("diff", "--name-only", "feature~1", "feature")).toBe("api.py\ncrlf.py");
    expect(github.violations).toEqual([]);
  });

  test("leave out executable files and those beside workflows, and say so", async () => {
    const script = { mode: "100755", content: DEFECT } as const;
    const number = await open({ "run.py": script, ".github/workflows/x.py": DEFECT, "api.py": DEFECT });
    const { text } = await apply(number);
    expect(text).toContain("Applied 1 repair in ");
    expect(text).toContain("- `run.py`: it is executable");
    expect(text).toContain("- `.github/workflows/x.py`: files beside workflows");
    expect(repository.git.text("diff", "--name-only", "feature~1", "feature")).toBe("api.py");
  });

  test("and nothing is committed when only such files could be repaired", async () => {
    const number = await open({ "run.py": { mode: "100755", content: DEFECT } });
    expect(await apply(number)).toMatchObject({
      isApplied: false,
      text: expect.stringMatching(/^Nothing was committed\.\n\nFiles that were left/),
    });
    expect(commits()).toHaveLength(1);
  });
});

describe("when the branch moves meanwhile", () => {
  test("the new head is analysed, and both changes are there", async () => {
    const number = await open({ "api.py": DEFECT });
    let pushes = 0;
    meanwhile = () => {
      if (pushes++ === 0) repository.git.commit("feature", { "other.py": DEFECT }, "More", null);
    };
    expect((await apply(number)).text).toContain("Applied 2 repairs");
    expect([show("api.py"), show("other.py")]).toEqual([GOOD, GOOD]);
    expect(commits()).toHaveLength(3);
  });

  test("again and again, it is given up with a reason", async () => {
    const number = await open({ "api.py": DEFECT });
    let pushes = 0;
    meanwhile = () => {
      repository.git.commit("feature", { [`f${pushes++}.txt`]: "x" }, "More", null);
    };
    expect(await apply(number)).toMatchObject({
      isApplied: false,
      text: expect.stringContaining("the branch moved"),
    });
    expect(pushes).toBe(3);
    expect(commits().some((one) => one.startsWith("yieldsign"))).toBe(false);
  });
});

test("a commit whose answer was lost counts", async () => {
  const number = await open({ "api.py": DEFECT });
  meanwhile = () => github.inject({ method: "POST", path: /graphql$/, times: 1, when: "after", status: 502 });
  const { text } = await apply(number);
  expect(text).toBe(`Applied 1 repair in ${repository.git.head("feature")?.slice(0, 7)}.`);
  expect(commits()).toHaveLength(2);
});

test("a commit that was not made is tried again by the queue", async () => {
  const number = await open({ "api.py": DEFECT });
  meanwhile = () =>
    github.inject({ method: "POST", path: /graphql$/, times: 1, when: "before", status: 502 });
  await expect(apply(number)).rejects.toMatchObject({ isRetryable: true });
  expect(commits()).toHaveLength(1);
});

describe("nothing is committed", () => {
  test("without write access", async () => {
    const number = await open({ "api.py": DEFECT });
    for (const permission of ["read", "none"] as const)
      expect((await apply(number, permission)).text).toContain("needs write access");
    expect(commits()).toHaveLength(1);
  });

  test("on a fork: the suggestions are left", async () => {
    const fork = github.fork(repository, "contributor");
    const number = await open({ "api.py": DEFECT }, fork);
    expect((await apply(number, "admin")).text).toContain("cannot push to a fork");
  });

  test("on top of a commit of our own", async () => {
    const number = await open({ "api.py": DEFECT });
    expect((await apply(number)).isApplied).toBe(true);
    expect((await apply(number)).text).toContain("the last commit is Yieldsign's own");
    expect(commits()).toHaveLength(2);
  });

  test("when there is nothing to repair, or the pull request is closed", async () => {
    const number = await open({ "api.py": GOOD });
    expect((await apply(number)).text).toContain("there is no repair");
    await github.setOpen(repository, number, false);
    expect((await apply(number)).text).toContain("closed");
  });
});
