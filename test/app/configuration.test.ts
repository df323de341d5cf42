import { expect, test } from "vitest";
import type { GitHub } from "../github/start-github.ts";
import { newShop } from "./new-shop.ts";
import { quiet } from "./quiet.ts";
import { DEFECTIVE } from "./sample.ts";
import { shareServer } from "./share-server.ts";
import { until } from "./until.ts";

let github: GitHub;
shareServer((started) => {
  github = started;
});

const FILE = ".github/yieldsign.yml";
const TWO = ["app/api.py:5", "app/api.py:6"];
const shopWith = (yaml: string) => newShop(github, { [FILE]: yaml });

/** The pull request's places and its check run once it was looked at. */
async function reviewed(shop: ReturnType<typeof newShop>, files?: Parameters<typeof shop.open>[0]) {
  const number = await shop.open(files);
  await shop.settled();
  return { number, places: shop.places(number), run: shop.run() };
}

test("a pull request does not change the configuration that reviews it", async () => {
  const shop = shopWith("max-comments: 5\n");
  const { places } = await reviewed(shop, {
    "app/api.py": DEFECTIVE,
    [FILE]: "max-comments: 0\nexclude: [app/]\n",
    "pyproject.toml": '[tool.yieldsign]\nselect = ["YS601"]\n',
    ".gitattributes": "*.py linguist-generated\n",
  });
  expect(places).toEqual(TWO);
});

test("a broken configuration is shown with file, line and column; the defaults review on", async () => {
  const { places, run } = await reviewed(shopWith("max-comments: 1\nfail-onn: error\nexclude: 3\n"));
  expect(places).toEqual(TWO);
  expect(run?.conclusion).toBe("neutral");
  const lines = (run?.summary ?? "").split("\n").filter((line) => line.startsWith("- "));
  expect(lines).toEqual([
    expect.stringMatching(/^- .*yieldsign\.yml:2:1: `fail-onn`: .*did you mean `fail-on`\?$/),
    expect.stringMatching(/^- .*yieldsign\.yml:3:1: `exclude`: /),
  ]);
});

test("a configuration that is no YAML, and one that tries to get out of its place, harm nothing", async () => {
  const { places, run } = await reviewed(shopWith('select: [YS1\n"@acme/all <!-- ](x)": 1\n'));
  expect(places).toEqual(TWO);
  expect(run?.summary).toContain("so the defaults apply");
  const hostile = await reviewed(shopWith('"@acme/all <b> `x` <!-- ](https://example.com)": 1\n'));
  expect(hostile.places).toEqual(TWO);
  expect(hostile.run?.summary).toContain("yieldsign.yml:1:1");
  const outside = (hostile.run?.summary ?? "").replace(/(`+)[^`][\s\S]*?\1/g, "");
  expect(outside).not.toMatch(/@acme|<b>|<!--|example\.com\)/);
});

test("a repository without settings takes its owner's; one with settings does not", async () => {
  const shop = newShop(github);
  const { owner } = shop.repository;
  github.createRepository({ owner, name: ".github", files: { [FILE]: "ignore: [YS106]\n" } });
  const { places } = await reviewed(shop);
  expect(places).not.toEqual(TWO);
  await github.commit(shop.repository, "main", { [FILE]: "max-comments: 9\n" }, "Own settings");
  await github.commit(shop.repository, "feature", { "a.txt": "1\n" }, "Go on");
  await shop.settled();
  expect(shop.places(1)).toEqual(expect.arrayContaining(TWO));
});

test("`_extends` takes what the file lacks from another repository", async () => {
  const shop = shopWith("_extends: settings\nmax-comments: 1\n");
  const { owner } = shop.repository;
  github.createRepository({
    owner,
    name: "settings",
    files: { [FILE]: "fail-on: warning\nmax-comments: 9\n" },
  });
  const { places, run } = await reviewed(shop);
  expect(places).toHaveLength(1);
  expect(run).toMatchObject({ conclusion: "failure" });
});

test("drafts wait, unless `drafts: true`", async () => {
  for (const yaml of ["drafts: false\n", "drafts: true\n"]) {
    const shop = shopWith(yaml);
    const { repository } = shop;
    repository.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", repository.git.head("main"));
    const before = github.requests.length;
    const options = { head: "feature", base: "main", title: "Draft", isDraft: true };
    const number = await github.openPullRequest(repository, options);
    if (yaml.includes("false")) {
      await until(() => github.requests.length > before, "the state to be read");
      await quiet(github, 300);
      expect(repository.checkRuns).toEqual([]);
      await github.markReady(repository, number);
    }
    await shop.settled();
    expect(shop.places(number)).toEqual(TWO);
  }
});

test("a label skips: the check says so; without the label it is reviewed", async () => {
  const shop = shopWith("labels:\n  skip: [no-yieldsign]\n");
  const { repository } = shop;
  repository.git.commit("feature", { "app/api.py": DEFECTIVE }, "Use rows", repository.git.head("main"));
  const options = { head: "feature", base: "main", title: "Use rows", labels: ["No-Yieldsign"] };
  const number = await github.openPullRequest(repository, options);
  await shop.settled();
  expect(shop.run()).toMatchObject({
    conclusion: "skipped",
    summary: "A label says that this pull request is not to be reviewed (`labels.skip`).",
  });
  expect(shop.places(number)).toEqual([]);
  await github.setLabels(repository, number, []);
  await until(() => shop.places(number).length > 0, "the review");
  await shop.settled();
  expect(shop.places(number)).toEqual(TWO);
  expect(github.checkRuns(repository, repository.git.head("feature") ?? "")).toMatchObject([
    { conclusion: "neutral", title: "2 async mistakes" },
  ]);
});

test("authors and target branches that are not reviewed get a skipped check", async () => {
  const shop = shopWith("authors:\n  skip: [bots]\nbranches: [main, 'release/*']\n");
  const { repository } = shop;
  const base = repository.git.head("main");
  for (const branch of ["by-bot", "topic", "other"])
    repository.git.commit(branch, { "app/api.py": DEFECTIVE, "b.txt": branch }, "Use rows", base);
  repository.git.text("update-ref", "refs/heads/legacy", base ?? "");
  repository.git.text("update-ref", "refs/heads/release/1.0", base ?? "");
  const open = (head: string, into: string, author?: string) =>
    github.openPullRequest(repository, { head, base: into, title: head, ...(author ? { author } : {}) });
  const bot = await open("by-bot", "main", "renovate[bot]");
  const legacy = await open("topic", "legacy");
  const release = await open("other", "release/1.0");
  for (const branch of ["by-bot", "topic", "other"]) await shop.settled(branch);
  expect(shop.run("by-bot")).toMatchObject({
    conclusion: "skipped",
    summary: expect.stringContaining("authors.skip"),
  });
  expect(shop.run("topic")).toMatchObject({
    conclusion: "skipped",
    summary: expect.stringContaining("branches"),
  });
  expect([bot, legacy, release].map((number) => shop.places(number).length)).toEqual([0, 0, 2]);
});

test("excluded and generated files are not reviewed, and are still read", async () => {
  const shop = newShop(github, {
    [FILE]: "exclude: ['scripts/', '*_gen.py']\n",
    ".gitattributes": "app/pb/** linguist-generated\nvendor/** linguist-vendored\n",
  });
  const { places, run } = await reviewed(shop, {
    "app/api.py": DEFECTIVE.replaceAll("app.repo", "app.pb.repo_pb2"),
    "app/pb/__init__.py": "",
    "app/pb/repo_pb2.py": `${DEFECTIVE.split("\n\n\n")[1]}\n\nasync def rows():\n    yield 1\n\n\nasync def save(row):\n    save(row)\n`,
    "scripts/run.py": DEFECTIVE,
    "app/api_gen.py": DEFECTIVE,
    "vendor/api.py": DEFECTIVE,
  });
  expect(places).toEqual(TWO);
  expect(run?.annotations.map(({ path }) => path)).toEqual(["app/api.py", "app/api.py"]);
});

test("`severity` decides what `fail-on: error` fails for", async () => {
  const warning = await reviewed(shopWith("fail-on: error\nseverity:\n  ALL: warning\n"));
  expect(warning.run).toMatchObject({ conclusion: "neutral" });
  const error = await reviewed(shopWith("fail-on: error\nseverity:\n  YS1: error\n"));
  expect(error.run).toMatchObject({ conclusion: "failure" });
  expect(error.run?.annotations.map((one) => one.annotation_level)).toEqual(["failure", "failure"]);
  const off = await reviewed(shopWith("severity:\n  YS1: error\n"));
  expect(off.run).toMatchObject({ conclusion: "neutral" });
});
