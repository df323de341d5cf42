import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { followLine, headOf } from "./change.ts";
import { loadDescription } from "./description.ts";
import { createGitStore, type FileChanges } from "./git-store.ts";
import { checkRunObject, pullObject, repositoryObject, userObject } from "./objects.ts";
import { type ApiState, createApi, type Fault, type LoggedRequest } from "./serve.ts";
import type { CheckRunState, CommentState, PullState, RepositoryState, ReviewState } from "./state.ts";
import { applySuggestions } from "./suggestions.ts";
import { createTokens } from "./tokens.ts";
import { createPayload, type Delivery, newDelivery, send } from "./webhooks.ts";

/** What the product's App may do on the stand-in; the same as app.yml. */
const PERMISSIONS = { checks: "write", contents: "read", metadata: "read", pull_requests: "write" } as const;

/** A GitHub of one's own: real repositories, the REST API, webhooks, the page's buttons. */
export interface GitHub {
  readonly host: string;
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly requests: readonly LoggedRequest[];
  /** Every request or answer that does not fit GitHub's description. */
  readonly violations: readonly string[];
  readonly deliveries: readonly Delivery[];
  createRepository(options: { owner: string; name: string; files: FileChanges }): RepositoryState;
  commit(repository: RepositoryState, branch: string, files: FileChanges, message: string): Promise<string>;
  /** Moves a branch to a new commit on top of another one. */
  forcePush(
    repository: RepositoryState,
    branch: string,
    onto: string,
    files: FileChanges,
    message: string,
  ): Promise<string>;
  openPullRequest(
    repository: RepositoryState,
    options: { head: string; base: string; title: string; isDraft?: boolean },
  ): Promise<number>;
  setOpen(repository: RepositoryState, number: number, isOpen: boolean): Promise<void>;
  markReady(repository: RepositoryState, number: number): Promise<void>;
  changeBase(repository: RepositoryState, number: number, base: string): Promise<void>;
  rerequest(repository: RepositoryState, checkRunId: number): Promise<void>;
  /** The page's "Commit suggestion" (several: "Commit suggestions"). */
  commitSuggestions(
    repository: RepositoryState,
    number: number,
    commentIds: readonly number[],
  ): Promise<string>;
  redeliver(guid: string): Promise<void>;
  deliverTo(url: string | null): void;
  inject(fault: Fault): void;
  expireTokens(): void;
  comments(repository: RepositoryState, number: number): readonly CommentState[];
  reviews(repository: RepositoryState, number: number): readonly ReviewState[];
  checkRuns(repository: RepositoryState, sha: string): readonly CheckRunState[];
  stop(): Promise<void>;
}

/** Starts the stand-in on a free port of the loopback interface. */
export async function startGitHub(): Promise<GitHub> {
  const folder = mkdtempSync(join(tmpdir(), "yieldsign-github-"));
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const appId = 4711;
  const webhookSecret = "a secret of the tests";
  let id = 1_000;
  const nextId = (): number => ++id;
  const world = { url: "https://github.com", appId, installationId: 1 };
  const state: ApiState = {
    description: loadDescription(),
    repositories: new Map(),
    permissions: PERMISSIONS,
    requests: [],
    violations: [],
    faults: [],
    context: { world, nextId, tokens: createTokens(appId, publicKey, () => Date.now()) },
  };
  const deliveries: Delivery[] = [];
  let target: string | null = null;
  const server = createApi(state);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  async function deliver(
    repository: RepositoryState,
    event: string,
    known: Record<string, unknown>,
  ): Promise<void> {
    const body = createPayload(state.description, event, {
      ...known,
      installation: { id: world.installationId, node_id: "I" },
      repository: repositoryObject(world, repository),
      sender: userObject(),
    });
    const delivery = newDelivery(event, body);
    deliveries.push(delivery);
    if (target !== null) await send(delivery, target, webhookSecret);
  }

  function pullOf(repository: RepositoryState, number: number): PullState {
    const pull = repository.pulls.get(number);
    if (pull === undefined) throw new Error(`no pull request ${number}`);
    return pull;
  }

  async function deliverPull(
    repository: RepositoryState,
    number: number,
    action: string,
    more: object = {},
  ): Promise<void> {
    const pull = pullOf(repository, number);
    await deliver(repository, "pull_request", {
      action,
      number,
      pull_request: pullObject(world, repository, pull),
      ...more,
    });
  }

  async function moved(
    repository: RepositoryState,
    branch: string,
    before: string | null,
    forced: boolean,
  ): Promise<string> {
    const after = repository.git.head(branch) ?? "";
    for (const pull of repository.pulls.values())
      if (pull.headBranch === branch) moveComments(repository, pull, before);
    await deliver(repository, "push", {
      ref: `refs/heads/${branch}`,
      before: before ?? "0".repeat(40),
      after,
      created: before === null,
      deleted: false,
      forced,
      commits: [],
      head_commit: null,
      pusher: { name: "octocat" },
      compare: "https://github.com/compare",
    });
    for (const pull of repository.pulls.values()) {
      if (pull.headBranch !== branch || !pull.isOpen) continue;
      await deliverPull(repository, pull.number, "synchronize", { before: before ?? "", after });
    }
    return after;
  }

  async function commit(
    repository: RepositoryState,
    branch: string,
    files: FileChanges,
    message: string,
  ): Promise<string> {
    const before = repository.git.head(branch);
    repository.git.commit(branch, files, message, repository.git.head(repository.defaultBranch));
    return moved(repository, branch, before, false);
  }

  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    appId,
    privateKey,
    webhookSecret,
    requests: state.requests,
    violations: state.violations,
    deliveries,
    createRepository({ owner, name, files }) {
      const git = createGitStore(join(folder, `${owner}-${name}.git`));
      const repository: RepositoryState = {
        id: nextId(),
        owner,
        name,
        defaultBranch: "main",
        git,
        pulls: new Map(),
        checkRuns: [],
        lostBlobs: new Set(),
        failingBlobs: new Set(),
        treeLimit: 100_000,
      };
      git.commit("main", files, "Initial commit", null);
      state.repositories.set(`${owner}/${name}`, repository);
      return repository;
    },
    commit,
    forcePush(repository, branch, onto, files, message) {
      const before = repository.git.head(branch);
      repository.git.text("update-ref", `refs/heads/${branch}`, onto);
      repository.git.commit(branch, files, message, null);
      return moved(repository, branch, before, true);
    },
    async openPullRequest(repository, { head, base, title, isDraft = false }) {
      const number = repository.pulls.size + 1;
      const pull: PullState = {
        number,
        headBranch: head,
        baseBranch: base,
        title,
        isOpen: true,
        isDraft,
        reviews: [],
        comments: [],
      };
      repository.pulls.set(number, pull);
      await deliverPull(repository, number, "opened");
      return number;
    },
    async setOpen(repository, number, isOpen) {
      pullOf(repository, number).isOpen = isOpen;
      await deliverPull(repository, number, isOpen ? "reopened" : "closed");
    },
    async markReady(repository, number) {
      pullOf(repository, number).isDraft = false;
      await deliverPull(repository, number, "ready_for_review");
    },
    async changeBase(repository, number, base) {
      const pull = pullOf(repository, number);
      const from = {
        ref: { from: pull.baseBranch },
        sha: { from: repository.git.head(pull.baseBranch) ?? "" },
      };
      pull.baseBranch = base;
      await deliverPull(repository, number, "edited", { changes: { base: from } });
    },
    async rerequest(repository, checkRunId) {
      const run = repository.checkRuns.find((one) => one.id === checkRunId);
      if (run === undefined) throw new Error(`no check run ${checkRunId}`);
      await deliver(repository, "check_run", {
        action: "rerequested",
        check_run: checkRunObject(world, run),
      });
    },
    commitSuggestions(repository, number, commentIds) {
      const pull = pullOf(repository, number);
      const chosen = pull.comments.filter((one) => commentIds.includes(one.id));
      const files = applySuggestions(repository, pull, chosen);
      for (const comment of chosen) comment.isResolved = true;
      return commit(repository, pull.headBranch, files, "Apply suggestions from code review");
    },
    async redeliver(guid) {
      const delivery = deliveries.find((one) => one.guid === guid);
      if (delivery === undefined || target === null) throw new Error(`nothing to redeliver: ${guid}`);
      await send(delivery, target, webhookSecret);
    },
    deliverTo(url) {
      target = url;
    },
    inject: (fault) => void state.faults.push(fault),
    expireTokens: () => state.context.tokens.expireAll(),
    comments: (repository, number) => pullOf(repository, number).comments,
    reviews: (repository, number) => pullOf(repository, number).reviews,
    checkRuns: (repository, sha) => repository.checkRuns.filter((run) => run.headSha === sha),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Comments follow their lines to the new head; where the lines changed, they are outdated. */
function moveComments(repository: RepositoryState, pull: PullState, before: string | null): void {
  const head = headOf(repository, pull);
  if (before === null) return;
  for (const comment of pull.comments) {
    if (comment.line === null) continue;
    const { path, line, startLine } = comment;
    const lines = Array.from({ length: line - (startLine ?? line) + 1 }, (_, index) =>
      followLine(repository, before, head, path, (startLine ?? line) + index),
    );
    const isKept = lines.every((one) => one !== null);
    comment.line = isKept ? (lines.at(-1) ?? null) : null;
    comment.startLine = isKept && startLine !== null ? (lines[0] ?? null) : null;
  }
}
