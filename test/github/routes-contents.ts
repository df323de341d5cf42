import { posix } from "node:path";
import type { GitStore } from "./git-store.ts";
import { commitOf, ok } from "./route-helpers.ts";
import type { Route, RouteAnswer } from "./routes.ts";
import { Refusal, type RepositoryState } from "./state.ts";

const MAX_ENTRIES = 1_000;
const MAX_JSON_BYTES = 1024 * 1024;
const MAX_RAW_BYTES = 100 * MAX_JSON_BYTES;

interface Entry {
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly path: string;
}

/** Reading files and folders by path. */
export const CONTENT_ROUTES: Readonly<Record<string, Route>> = {
  "repos/get-content": ({ repository, parameters, query, accept }) => {
    const commit = commitOf(repository, query.get("ref") ?? repository.defaultBranch);
    const found = entryAt(repository.git, commit, parameters.path ?? "");
    if (found === null) throw new Refusal(404, "Not Found");
    if (found.type === "tree") return folder(repository, commit, found, accept);
    if (found.mode === "160000")
      return ok({
        ...describe(repository, found, "submodule", 0),
        submodule_git_url: `https://github.com/${found.path}`,
      });
    if (found.mode !== "120000") return file(repository, found, accept);
    // A link to a file is followed, any other link is shown as such.
    const target = repository.git.run("cat-file", "blob", found.sha).toString("utf8");
    const linked = target.startsWith("/")
      ? null
      : entryAt(repository.git, commit, posix.join(posix.dirname(found.path), target));
    if (linked?.type === "blob" && linked.mode !== "120000")
      return file(repository, { ...linked, path: found.path }, accept);
    return ok({ ...describe(repository, found, "symlink", target.length), target });
  },
};

function entryAt(git: GitStore, commit: string, path: string): Entry | null {
  const plain = posix.normalize(path).replace(/\/$/, "");
  if (plain.startsWith("..") || plain.startsWith("/")) return null;
  return list(git, commit, "--", plain)[0] ?? null;
}

function list(git: GitStore, ...parameters: string[]): Entry[] {
  const lines = git
    .run("ls-tree", "-z", ...parameters)
    .toString("utf8")
    .split("\0");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const [, mode = "", type = "", sha = "", path = ""] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
      return { mode, type, sha, path };
    });
}

function folder(repository: RepositoryState, commit: string, found: Entry, accept: string): RouteAnswer {
  const entries = list(repository.git, commit, "--", `${found.path}/`)
    .slice(0, MAX_ENTRIES)
    .map((entry) => describe(repository, entry, kindOf(entry), sizeOf(repository.git, entry)));
  if (!accept.includes("object")) return ok(entries);
  return ok({ ...describe(repository, found, "dir", 0), entries });
}

/** Listings call submodules files, for old clients' sake (breaking-changes-changelog.md). */
function kindOf({ mode, type }: Entry): string {
  if (type === "tree") return "dir";
  return mode === "120000" ? "symlink" : "file";
}

function sizeOf(git: GitStore, { type, sha }: Entry): number {
  return type === "blob" ? Number(git.text("cat-file", "-s", sha)) : 0;
}

function file(repository: RepositoryState, entry: Entry, accept: string): RouteAnswer {
  const size = sizeOf(repository.git, entry);
  const isLarge = size > MAX_JSON_BYTES;
  const isObject = accept.includes("object");
  const isRaw = accept.includes("raw");
  if (size > MAX_RAW_BYTES || (isLarge && !isRaw && !isObject)) {
    throw new Refusal(
      403,
      "This API returns blobs up to 1 MB in size. The requested blob is too large to fetch via the API, but you can use the Git Data API to request blobs up to 100 MB in size.",
      [{ resource: "Blob", field: "data", code: "too_large" }],
    );
  }
  const bytes = repository.git.run("cat-file", "blob", entry.sha);
  if (isRaw) return { status: 200, body: null, raw: bytes };
  const content = isLarge ? "" : bytes.toString("base64").replace(/.{60}/g, "$&\n");
  return ok({
    ...describe(repository, entry, "file", size),
    encoding: isLarge ? "none" : "base64",
    content,
  });
}

function describe(
  { owner, name }: RepositoryState,
  { path, sha }: Entry,
  type: string,
  size: number,
): Record<string, unknown> {
  const url = `https://api.github.com/repos/${owner}/${name}/contents/${encodeURI(path)}`;
  return {
    type,
    size,
    name: posix.basename(path),
    path,
    sha,
    url,
    git_url: null,
    html_url: null,
    download_url: null,
    _links: { self: url, git: null, html: null },
  };
}
