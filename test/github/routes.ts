import { checkAnchors, type RequestedComment } from "./anchors.ts";
import { headOf, mergeBaseOf } from "./change.ts";
import { changedFiles } from "./changed-files.ts";
import { checkRunObject, commentObject, pullObject, reviewObject, type World } from "./objects.ts";
import { commitOf, listed, need, ok, page } from "./route-helpers.ts";
import { CODE_SCANNING_ROUTES } from "./routes-code-scanning.ts";
import { COMPARE_ROUTES } from "./routes-compare.ts";
import { CONTENT_ROUTES } from "./routes-contents.ts";
import {
  type AnnotationState,
  type CheckRunState,
  type PullState,
  Refusal,
  type RepositoryState,
} from "./state.ts";
import type { Permissions, Tokens } from "./tokens.ts";

/** One request as a route sees it. */
interface RouteRequest {
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

const MAX_OUTPUT = 65_535;
const MAX_ANNOTATIONS = 50;

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
    const files = changedFiles(repository, mergeBaseOf(repository, pull.baseBranch, head), head).slice(
      0,
      3_000,
    );
    return listed(files, query);
  },
  "pulls/list-review-comments": ({ repository, parameters, query }) =>
    listed(pullOf(repository, parameters).comments.map(commentObject), query),
  "pulls/list-reviews": ({ repository, parameters, query }) => {
    const pull = pullOf(repository, parameters);
    return listed(
      pull.reviews.map((review) => reviewObject(pull, review)),
      query,
    );
  },
  "pulls/create-review": createReview,
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
  "checks/create": createCheckRun,
  "checks/update": updateCheckRun,
  "checks/list-for-ref": ({ repository, parameters, query }, { world }) => {
    const sha = commitOf(repository, parameters.ref ?? "");
    const name = query.get("check_name");
    const runs = repository.checkRuns.filter(
      (run) => run.headSha === sha && (name === null || run.name === name),
    );
    const shown = page(runs, query).map((run) => checkRunObject(world, run));
    return ok({ total_count: runs.length, check_runs: shown });
  },
  ...COMPARE_ROUTES,
  ...CONTENT_ROUTES,
  ...CODE_SCANNING_ROUTES,
};

function pullOf(
  repository: RepositoryState,
  { pull_number: number }: Readonly<Record<string, string>>,
): PullState {
  const pull = repository.pulls.get(Number(number));
  if (pull === undefined) throw new Refusal(404, "Not Found");
  return pull;
}

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

function createReview(
  { repository, parameters, body, permissions }: RouteRequest,
  { nextId }: RouteContext,
): RouteAnswer {
  need(permissions, "pull_requests");
  const pull = pullOf(repository, parameters);
  const event = body.event as string | undefined;
  const text = (body.body as string | undefined) ?? "";
  if (pull.reviews.some(({ state }) => state === "PENDING")) {
    throw new Refusal(422, "Unprocessable Entity", [
      "User can only have one pending review per pull request",
    ]);
  }
  if (event === "COMMENT" && text === "")
    throw new Refusal(422, "Unprocessable Entity", ["Body can't be blank"]);
  if (text.length > 65_536)
    throw new Refusal(422, "Unprocessable Entity", ["Body is too long (maximum is 65536 characters)"]);
  const commitId = (body.commit_id as string | undefined) ?? headOf(repository, pull);
  const isPart = repository.git.text("rev-list", headOf(repository, pull)).split("\n").includes(commitId);
  if (!isPart) throw new Refusal(422, "Unprocessable Entity", ["Commit oid is not part of the pull request"]);
  const comments = (body.comments as RequestedComment[] | undefined) ?? [];
  checkAnchors(repository, pull, comments);
  const state = event === undefined ? "PENDING" : "COMMENTED";
  const review = { id: nextId(), body: text, state, commitId } as const;
  pull.reviews.push(review);
  for (const { path, line = 0, start_line: startLine = null, body: commentBody } of comments) {
    pull.comments.push({
      id: nextId(),
      reviewId: review.id,
      path,
      side: "RIGHT",
      commitId,
      originalLine: line,
      originalStartLine: startLine,
      line,
      startLine,
      body: commentBody,
      isResolved: false,
    });
  }
  return ok(reviewObject(pull, review));
}

interface CheckRunBody {
  readonly name?: string;
  readonly head_sha?: string;
  readonly external_id?: string;
  readonly status?: CheckRunState["status"];
  readonly conclusion?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly annotations?: readonly AnnotationState[];
  };
}

function createCheckRun(
  { repository, body, permissions }: RouteRequest,
  { world, nextId }: RouteContext,
): RouteAnswer {
  need(permissions, "checks");
  const wanted = body as CheckRunBody;
  try {
    commitOf(repository, wanted.head_sha ?? "");
  } catch {
    throw new Refusal(422, `No commit found for SHA: ${wanted.head_sha}`);
  }
  const run: CheckRunState = {
    id: nextId(),
    name: wanted.name ?? "",
    headSha: wanted.head_sha ?? "",
    externalId: "",
    status: "queued",
    conclusion: null,
    title: null,
    summary: null,
    annotations: [],
  };
  change(run, wanted);
  repository.checkRuns.push(run);
  return ok(checkRunObject(world, run), 201);
}

function updateCheckRun(
  { repository, parameters, body, permissions }: RouteRequest,
  { world }: RouteContext,
): RouteAnswer {
  need(permissions, "checks");
  const run = repository.checkRuns.find(({ id }) => id === Number(parameters.check_run_id));
  if (run === undefined) throw new Refusal(404, "Not Found");
  change(run, body as CheckRunBody);
  return ok(checkRunObject(world, run));
}

function change(
  run: CheckRunState,
  { external_id: externalId, status, conclusion, output }: CheckRunBody,
): void {
  const annotations = output?.annotations ?? [];
  if (annotations.length > MAX_ANNOTATIONS) {
    throw new Refusal(
      422,
      `Invalid request.\n\nNo more than 50 items are allowed; ${annotations.length} were supplied.`,
    );
  }
  for (const text of [output?.summary ?? "", output?.title ?? ""]) {
    if (text.length > MAX_OUTPUT)
      throw new Refusal(422, `Only 65535 characters are allowed; ${text.length} were supplied.`);
  }
  for (const one of annotations as readonly (AnnotationState & { start_column?: number })[]) {
    if (one.start_column !== undefined && one.start_line !== one.end_line) {
      throw new Refusal(422, "Annotations on several lines cannot have columns");
    }
  }
  if (externalId !== undefined) run.externalId = externalId;
  if (status !== undefined) run.status = status;
  // A run that starts again loses its conclusion.
  if (status === "in_progress") run.conclusion = null;
  if (conclusion !== undefined) [run.status, run.conclusion] = ["completed", conclusion];
  run.title = output?.title ?? run.title;
  run.summary = output?.summary ?? run.summary;
  // Updates append (GITHUB.md §0.10).
  run.annotations = [...run.annotations, ...annotations];
}
