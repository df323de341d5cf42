import { ProbotOctokit } from "probot";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type LoadedSettings, loadSettings } from "../../src/app/load-settings.ts";
import { formatProblem } from "../../src/configuration/format-problem.ts";
import type { GitHubClient } from "../../src/github/client.ts";
import {
  CONFIGURATION_SELECTION,
  readConfiguration,
  readConfigurationFiles,
} from "../../src/github/configuration-files.ts";
import { tokenOf } from "../github/caller.ts";
import type { FileChanges } from "../github/git-store.ts";
import { type GitHub, startGitHub } from "../github/start-github.ts";

const YAML = ".github/yieldsign.yml";

let github: GitHub;
let client: GitHubClient;
let count = 0;
beforeAll(async () => {
  github = await startGitHub();
  client = new ProbotOctokit({
    baseUrl: `http://${github.host}/api/v3`,
    auth: { token: (await tokenOf(github)).replace(/^\w+ /, "") },
    throttle: { enabled: false },
    retry: { enabled: false },
  }) as unknown as GitHubClient;
});
afterAll(() => github.stop());
afterEach(() => expect(github.violations).toEqual([]));

/** A new owner's repository with these files, and further repositories of that owner. */
async function load(
  files: FileChanges,
  others: Readonly<Record<string, FileChanges>> = {},
): Promise<LoadedSettings & { readonly requests: number; readonly lines: readonly string[] }> {
  count += 1;
  const owner = `owner${count}`;
  github.createRepository({ owner, name: "shop", files: { "a.py": "x\n", ...files } });
  for (const [name, own] of Object.entries(others))
    github.createRepository({ owner, name, files: { "README.md": "x\n", ...own } });
  const before = github.requests.length;
  const repository = { owner, repo: "shop" };
  const loaded = await loadSettings(client, repository, await readConfiguration(client, repository));
  const lines = loaded.problems.map((one) => formatProblem(one).replaceAll(owner, "OWNER"));
  return { ...loaded, requests: github.requests.length - before, lines };
}

test("nothing configured: the defaults, by one request", async () => {
  const { settings, problems, requests, isGenerated } = await load({});
  expect(problems).toEqual([]);
  expect([settings.maxComments, settings.failOn, settings.origins.size]).toEqual([10, "never", 0]);
  expect(isGenerated("a.py")).toBe(false);
  expect(requests).toBe(1);
});

test("the file in .github counts before pyproject.toml, and that before the owner's", async () => {
  const yaml = { [YAML]: "max-comments: 1\n" };
  const toml = { "pyproject.toml": "[tool.yieldsign]\nmax-comments = 2\n" };
  const owners = { ".github": { [YAML]: "max-comments: 3\nsarif: true\n" } };
  const first = await load({ ...yaml, ...toml }, owners);
  expect([first.settings.maxComments, first.settings.sarif]).toEqual([1, false]);
  expect((await load(toml, owners)).settings.maxComments).toBe(2);
  const third = await load({ "pyproject.toml": "[project]\nname = 'yieldsign-user'\n" }, owners);
  expect(third.settings.maxComments).toBe(3);
  expect(third.settings.origins.get("sarif")).toMatch(/^owner\d+\/\.github:\.github\/yieldsign\.yml:2$/);
  expect(third.requests).toBe(1);
});

test("a branch other than the default one changes nothing", async () => {
  const repository = github.createRepository({ owner: "branches", name: "shop", files: { "a.py": "x\n" } });
  repository.git.commit("topic", { [YAML]: "max-comments: 0\n" }, "Silence", repository.git.head("main"));
  const files = await readConfiguration(client, { owner: "branches", repo: "shop" });
  expect(files.yaml).toBeNull();
});

test("the selection goes into any query about the repository", async () => {
  const owner = "splice";
  github.createRepository({ owner, name: "shop", files: { [YAML]: "sarif: true\n" } });
  github.createRepository({ owner, name: ".github", files: { [YAML]: "drafts: true\n" } });
  const { repositoryFields, rootFields } = CONFIGURATION_SELECTION;
  const query = `query($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { nameWithOwner ${repositoryFields} }
    ${rootFields}
  }`;
  expect(readConfigurationFiles(await client.graphql(query, { owner, name: "shop" }))).toEqual({
    yaml: { ok: true, text: "sarif: true\n" },
    toml: null,
    attributes: null,
    organisationYaml: { ok: true, text: "drafts: true\n" },
  });
  expect(readConfigurationFiles(null).yaml).toBeNull();
});

test("what `_extends` names is read key by key, hop by hop", async () => {
  const { settings, problems, requests } = await load(
    { [YAML]: "_extends: base\nmax-comments: 1\n" },
    {
      base: { [YAML]: "_extends: rules:team/async.yml\nmax-comments: 2\nsarif: true\n" },
      rules: { "team/async.yml": "sarif: false\nignore: [YS3]\n" },
    },
  );
  expect(problems).toEqual([]);
  expect([settings.maxComments, settings.sarif, settings.selected.has("YS301")]).toEqual([1, true, false]);
  expect(settings.origins.get("ignore")).toMatch(/rules:team\/async\.yml:2$/);
  expect(requests).toBe(3);
});

test.each<[string, FileChanges, Readonly<Record<string, FileChanges>>, string]>([
  [
    "a target that is not there",
    { [YAML]: "drafts: true\n_extends: base\n" },
    {},
    ".github/yieldsign.yml:2:1: `_extends`: `OWNER/base:.github/yieldsign.yml` does not exist, or Yieldsign is not installed there",
  ],
  [
    "files that extend each other",
    { [YAML]: "_extends: base\n" },
    { base: { [YAML]: "_extends: Shop\n" } },
    "OWNER/base:.github/yieldsign.yml:1:1: `_extends`: `OWNER/Shop:.github/yieldsign.yml` was read already: the files extend each other",
  ],
  [
    "a long chain",
    { [YAML]: "_extends: b1\n" },
    Object.fromEntries([1, 2, 3, 4].map((at) => [`b${at}`, { [YAML]: `_extends: b${at + 1}\n` }])),
    "OWNER/b3:.github/yieldsign.yml:1:1: `_extends`: more than 3 files extend each other",
  ],
  [
    "a target that is none",
    { [YAML]: "_extends: [a]\n" },
    {},
    ".github/yieldsign.yml:1:1: `_extends`: it must be `repository`, `owner/repository` or `owner/repository:path.yml`",
  ],
  [
    "`_extends` in TOML",
    { "pyproject.toml": "[tool.yieldsign]\n_extends = 'base'\n" },
    {},
    "pyproject.toml:2:1: `tool.yieldsign._extends`: it is for `.github/yieldsign.yml` only",
  ],
  [
    "a mistake in an extended file",
    { [YAML]: "_extends: base\n" },
    { base: { [YAML]: "draft: true\n" } },
    "OWNER/base:.github/yieldsign.yml:1:1: `draft`: there is no key `draft`; did you mean `drafts`?",
  ],
  [
    "a symbolic link",
    { [YAML]: { mode: "120000", content: "../a.py" } },
    {},
    ".github/yieldsign.yml:1:1: the file is a symbolic link",
  ],
  ["a binary file", { [YAML]: Buffer.from([0, 1, 2]) }, {}, ".github/yieldsign.yml:1:1: the file is binary"],
  ["a folder", { [`${YAML}/a`]: "x" }, {}, ".github/yieldsign.yml:1:1: the file is a folder"],
  ["a huge file", { [YAML]: "#".repeat(600_000) }, {}, ".github/yieldsign.yml:1:1: the file is too large"],
])("%s is a problem, and the defaults apply", async (_, files, others, line) => {
  const { settings, lines } = await load(files, others);
  expect(lines).toEqual([line]);
  expect(settings.values).toEqual({});
});

test("generated files are known by .gitattributes", async () => {
  const { isGenerated } = await load({ ".gitattributes": "*_pb2.py linguist-generated\n" });
  expect([isGenerated("x/a_pb2.py"), isGenerated("x/a.py")]).toEqual([true, false]);
});

test("a repository that is not there, and a GitHub that does not answer, are errors", async () => {
  const missing = { owner: "nobody", repo: "nothing" };
  await expect(readConfiguration(client, missing)).rejects.toMatchObject({ status: 404 });
  github.inject({ method: "POST", path: /graphql/, times: 1, when: "before", status: 502 });
  await expect(readConfiguration(client, missing)).rejects.toMatchObject({ status: 502, isRetryable: true });
});
