import { baseOf, headOf, mergeBaseOf } from "./change.ts";
import { changedFiles } from "./changed-files.ts";
import { pullObject, type World } from "./objects.ts";
import type { Permissions } from "./permissions.ts";
import { listed, ok, pullOf } from "./route-helpers.ts";
import { CHECK_ROUTES } from "./routes-checks.ts";
import { CODE_SCANNING_ROUTES } from "./routes-code-scanning.ts";
import { COMPARE_ROUTES } from "./routes-compare.ts";
import { CONTENT_ROUTES } from "./routes-contents.ts";
import { REVIEW_ROUTES } from "./routes-reviews.ts";
import { TIMELINE_ROUTES } from "./routes-timeline.ts";
import { Refusal, type RepositoryState } from "./state.ts";
import type { Tokens } from "./tokens.ts";

/** One request as a route sees it. */
export interface RouteRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly permissions: Permissions;
  readonly repository: RepositoryState;
  /** The request's `accept` header: some routes have other media types. */
  readonly accept: string;
}

export interface RouteAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Bytes that are answered as they are, instead of the body. */
  readonly raw?: Buffer;
  /** How many items the list has on all pages, where the page does not say so. */
  readonly total?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RouteContext {
  readonly world: World;
  readonly tokens: Tokens;
  nextId(): number;
}

export type Route = (request: RouteRequest, context: RouteContext) => RouteAnswer;

/** Every operation the stand-in knows, by GitHub's operation id. */
export const ROUTES: Readonly<Record<string, Route>> = {
  "pulls/get": ({ repository, parameters }, { world }) =>
    ok(pullObject(world, repository, pullOf(repository, parameters))),
  "pulls/list": ({ repository, query }, { world }) => {
    const [owner, branch] = query.get("head")?.split(":") ?? [];
    const pulls = [...repository.pulls.values()].filter(
      (pull) =>
        pull.isOpen === (query.get("state") !== "closed") &&
        (branch === undefined || (pull.headBranch === branch && pull.headOwner === owner)),
    );
    return ok(pulls.map((pull) => pullObject(world, repository, pull)));
  },
  "pulls/list-files": ({ repository, parameters, query }) => {
    const pull = pullOf(repository, parameters);
    const head = headOf(repository, pull);
    const files = changedFiles(
      repository,
      mergeBaseOf(repository, baseOf(repository, pull), head),
      head,
    ).slice(0, 3_000);
    return listed(files, query);
  },
  "git/get-tree": ({ repository, parameters, query }) => {
    const tree = treeOf(repository, parameters.tree_sha ?? "");
    const recursive = query.has("recursive") ? ["-r", "-t"] : [];
    const lines = repository.git
      .run("ls-tree", "-l", "-z", ...recursive, tree)
      .toString("utf8")
      .split("\0");
    const entries = lines
      .filter((line) => line !== "")
      .map((line) => {
        const [, mode = "", type = "", sha = "", size = "", path = ""] =
          /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/s.exec(line) ?? [];
        return { path, mode, type, sha, ...(size === "-" ? {} : { size: Number(size) }) };
      });
    const truncated = query.has("recursive") && entries.length > repository.treeLimit;
    const shown = truncated ? entries.slice(0, repository.treeLimit) : entries;
    return ok({ sha: tree, url: "https://api.github.com/tree", tree: shown, truncated });
  },
  "git/get-blob": ({ repository, parameters }) => {
    const sha = parameters.file_sha ?? "";
    if (repository.lostBlobs.has(sha)) throw new Refusal(404, "Not Found");
    const bytes = blobOf(repository, sha);
    // GitHub breaks base64 into lines.
    const content = bytes.toString("base64").replace(/.{60}/g, "$&\n");
    return ok({ sha, size: bytes.length, encoding: "base64", content });
  },
  ...COMPARE_ROUTES,
  ...CONTENT_ROUTES,
  ...CODE_SCANNING_ROUTES,
  ...CHECK_ROUTES,
  ...REVIEW_ROUTES,
  ...TIMELINE_ROUTES,
};

/** A commit or a tree by its SHA. */
function treeOf({ git }: RepositoryState, name: string): string {
  try {
    return git.text("rev-parse", "--verify", "--quiet", `${name}^{tree}`);
  } catch {
    throw new Refusal(404, "Not Found");
  }
}

/** A blob's bytes; a commit of a submodule is none. */
function blobOf({ git }: RepositoryState, sha: string): Buffer {
  try {
    return git.run("cat-file", "blob", sha);
  } catch {
    throw new Refusal(404, "Not Found");
  }
}
