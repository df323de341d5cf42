import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pc from "picocolors";
import { startServerProcess } from "../test/app/start-server-process.ts";
import { until } from "../test/app/until.ts";
import { startGitHub } from "../test/github/start-github.ts";
import { printReview } from "./print-review.ts";
import { renderPage } from "./render-page.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

function readFolder(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (/\.(py|toml|yml)$/.test(path))
      files[path.replaceAll("\\", "/")] = readFileSync(`${folder}/${path}`, "utf8");
  }
  return files;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const started = performance.now();
const github = await startGitHub();
const server = await startServerProcess(github);
try {
  const repository = github.createRepository({
    owner: "acme",
    name: "newsletter",
    files: readFolder(`${here}service/main`),
  });
  repository.git.commit(
    "bulk-mail",
    readFolder(`${here}service/change`),
    "Send the newsletter in bulk",
    repository.git.head("main"),
  );
  say(pc.bold("A pull request is opened; GitHub delivers the signed webhook …"));
  const opened = performance.now();
  const number = await github.openPullRequest(repository, {
    head: "bulk-mail",
    base: "main",
    title: "Send the newsletter in bulk",
  });
  const first = repository.git.head("bulk-mail") ?? "";
  await until(
    () => github.checkRuns(repository, first).some(({ status }) => status === "completed"),
    "the first review",
  );
  const seconds = ((performance.now() - opened) / 1000).toFixed(1);
  say(pc.bold(`… and the review is there after ${seconds} s and ${github.requests.length} API requests:\n`));
  say(printReview(github, repository, number, first));
  mkdirSync(here, { recursive: true });
  const pull = repository.pulls.get(number);
  if (pull === undefined) throw new Error("the pull request is gone");
  writeFileSync(
    `${here}review.html`,
    renderPage({ repository, pull, head: first, events: [], applied: new Set() }),
  );

  const shown = github.comments(repository, number).length;
  const chosen = github.comments(repository, number).slice(0, 2);
  say(
    pc.bold(
      `Two suggestions are committed with the page's button (${chosen.map(({ path, line }) => `${path}:${line}`).join(", ")}) …`,
    ),
  );
  const second = await github.commitSuggestions(
    repository,
    number,
    chosen.map(({ id }) => id),
  );
  await until(
    () => github.checkRuns(repository, second).some(({ status }) => status === "completed"),
    "the second review",
  );
  const repeated = github.comments(repository, number).length - shown;
  const [check] = github.checkRuns(repository, second);
  say(
    pc.bold(
      `… the push is reviewed again: ${check?.title}, ${repeated === 0 ? "no comment repeated" : `${repeated} new comments`}.`,
    ),
  );
  if (github.violations.length > 0)
    throw new Error(`GitHub's description was not kept:\n${github.violations.join("\n")}`);
  say(
    `\nThe pull request as a page: demo/review.html (${((performance.now() - started) / 1000).toFixed(1)} s in all)`,
  );
} finally {
  await server.stop();
  await github.stop();
}
