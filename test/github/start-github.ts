import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEdgeActs, type EdgeActs } from "./acts-edges.ts";
import { createMergeQueueActs, type MergeQueueActs } from "./acts-merge-queue.ts";
import { loadDescription } from "./description.ts";
import type { FileChanges } from "./git-store.ts";
import { createHooks } from "./hooks.ts";
import { createLimits } from "./limits.ts";
import { fetchHead, moveComments } from "./move-pull.ts";
import { checkRunObject, pullObject, repositoryObject, userObject } from "./objects.ts";
import { type ApiState, createApi, type Fault, type LoggedRequest } from "./serve.ts";
import type { CheckRunState, CommentState, PullState, RepositoryState, ReviewState } from "./state.ts";
import { applySuggestions } from "./suggestions.ts";
import { createTokens, type Permissions } from "./tokens.ts";
import { createPayload, type Delivery } from "./webhooks.ts";

/** What the product's App may do on the stand-in; the same as app.yml. */
const PERMISSIONS = { checks: "write", contents: "read", metadata: "read", pull_requests: "write" } as const;

/** A GitHub of one's own: real repositories, the REST API, webhooks, the page's buttons. */
export interface GitHub extends EdgeActs, MergeQueueActs {
  readonly host: string;
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly requests: readonly LoggedRequest[];
  /** Every request or answer that does not fit GitHub's description. */
  readonly violations: readonly string[];
  readonly deliveries: readonly Delivery[];
  commit(repository: RepositoryState, branch: string, files: FileChanges, message: string): Promise<string>;
  /** Moves a branch to a new commit on top of another one. */
  forcePush(
    repository: RepositoryState,
    branch: string,
    onto: string,
    files: FileChanges,
    message: string,
  ): Promise<string>;
  openPullRequest(repository: RepositoryState, options: PullOptions): Promise<number>;
  /** Deletes a branch; open pull requests from it are closed. */
  deleteBranch(repository: RepositoryState, branch: string): Promise<void>;
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

interface PullOptions {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly isDraft?: boolean;
  /** A fork; the repository itself without one. */
  readonly from?: RepositoryState;
  readonly canMaintainersModify?: boolean;
}

interface Options {
  /** What installations grant, where it is not what app.yml asks for. */
  readonly permissions?: Permissions;
  /** Time for the answer to a webhook: 10 s on github.com. */
  readonly deliveryTimeoutMs?: number;
  /** GitHub Enterprise Server: its host name and version stand in headers, and requests are not limited. */
  readonly enterprise?: { readonly host: string; readonly version: string };
}

/** Starts the stand-in on a free port of the loopback interface. */
export async function startGitHub({
  deliveryTimeoutMs = 10_000,
  enterprise,
  permissions = PERMISSIONS,
}: Options = {}): Promise<GitHub> {
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
  const world = { url: `https://${enterprise?.host ?? "github.com"}`, appId };
  const enterpriseHeaders: Record<string, string> =
    enterprise === undefined
      ? {}
      : {
          "x-github-enterprise-host": enterprise.host,
          "x-github-enterprise-version": enterprise.version,
        };
  const hooks = createHooks(
    { secret: webhookSecret, timeoutMs: deliveryTimeoutMs, headers: enterpriseHeaders },
    nextId,
  );
  const limits = createLimits(() => Date.now());
  const state: ApiState = {
    description: loadDescription(),
    repositories: new Map(),
    oldNames: new Map(),
    installations: new Map([[1, { id: 1, account: "acme" }]]),
    hooks,
    // Limits are off on GitHub Enterprise Server unless somebody switches them on (GITHUB.md §7).
    limits: enterprise === undefined ? limits : null,
    permissions,
    requests: [],
    violations: [],
    faults: [],
    context: { world, nextId, tokens: createTokens(appId, publicKey, () => Date.now()) },
  };
  const server = createApi(state);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  async function deliver(
    repository: RepositoryState,
    event: string,
    known: Record<string, unknown>,
  ): Promise<void> {
    // Nobody hears of a repository that no installation includes.
    if (repository.installationId === null) return;
    const body = createPayload(state.description, event, {
      installation: { id: repository.installationId, node_id: "I" },
      repository: repositoryObject(world, repository),
      sender: userObject(),
      ...known,
    });
    await hooks.deliver(repository, event, body);
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
    const head = repository.git.head(branch);
    const after = head ?? "0".repeat(40);
    const concerned = [...state.repositories.values()].flatMap((base) =>
      [...base.pulls.values()]
        .filter((pull) => pull.headRepository === repository && pull.headBranch === branch)
        .map((pull) => ({ base, pull })),
    );
    for (const { base, pull } of concerned) {
      if (pull.isOpen && head !== null) fetchHead(base, pull);
      moveComments(base, pull, before);
    }
    await deliver(repository, "push", {
      ref: `refs/heads/${branch}`,
      before: before ?? "0".repeat(40),
      after,
      created: before === null,
      deleted: head === null,
      forced,
      commits: [],
      head_commit: null,
      pusher: { name: "octocat" },
      compare: "https://github.com/compare",
    });
    for (const { base, pull } of concerned) {
      if (!pull.isOpen) continue;
      if (head === null) await setOpen(base, pull.number, false);
      else await deliverPull(base, pull.number, "synchronize", { before: before ?? "", after });
    }
    return after;
  }

  async function setOpen(repository: RepositoryState, number: number, isOpen: boolean): Promise<void> {
    pullOf(repository, number).isOpen = isOpen;
    await deliverPull(repository, number, isOpen ? "reopened" : "closed");
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
    deliveries: hooks.deliveries,
    ...createEdgeActs({ ...state, folder, limits, nextId }),
    ...createMergeQueueActs({
      isEnterprise: enterprise !== undefined,
      pullOf,
      deliver,
      moved,
      close: (repository, number) => setOpen(repository, number, false),
    }),
    commit,
    forcePush(repository, branch, onto, files, message) {
      const before = repository.git.head(branch);
      repository.git.text("update-ref", `refs/heads/${branch}`, onto);
      repository.git.commit(branch, files, message, null);
      return moved(repository, branch, before, true);
    },
    async deleteBranch(repository, branch) {
      const before = repository.git.head(branch);
      repository.git.text("update-ref", "-d", `refs/heads/${branch}`);
      await moved(repository, branch, before, false);
    },
    async openPullRequest(
      repository,
      { head, base, title, isDraft = false, from = repository, canMaintainersModify = false },
    ) {
      const number = repository.pulls.size + 1;
      const pull: PullState = {
        number,
        headRepository: from,
        headOwner: from.owner,
        canMaintainersModify,
        headBranch: head,
        baseBranch: base,
        title,
        isOpen: true,
        isDraft,
        reviews: [],
        comments: [],
      };
      repository.pulls.set(number, pull);
      fetchHead(repository, pull);
      await deliverPull(repository, number, "opened");
      return number;
    },
    setOpen,
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
      const { headRepository } = pull;
      if (headRepository === null) throw new Error("the head repository was deleted");
      if (headRepository !== repository && !pull.canMaintainersModify)
        throw new Error("maintainers may not change this fork");
      const files = applySuggestions(repository, pull, chosen);
      for (const comment of chosen) comment.isResolved = true;
      return commit(headRepository, pull.headBranch, files, "Apply suggestions from code review");
    },
    async redeliver(guid) {
      const delivery = hooks.deliveries.find((one) => one.guid === guid);
      if (delivery === undefined) throw new Error(`nothing to redeliver: ${guid}`);
      await hooks.redeliver(delivery);
    },
    deliverTo: (url) => hooks.deliverTo(url),
    inject: (fault) => void state.faults.push(fault),
    expireTokens: () => state.context.tokens.expireAll(),
    comments: (repository, number) => pullOf(repository, number).comments,
    reviews: (repository, number) => pullOf(repository, number).reviews,
    checkRuns: (repository, sha) => repository.checkRuns.filter((run) => run.headSha === sha),
    async stop() {
      await hooks.settled();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
