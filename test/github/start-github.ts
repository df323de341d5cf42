import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConversationActs, createConversationActs } from "./acts-conversation.ts";
import { createEdgeActs, type EdgeActs } from "./acts-edges.ts";
import { createMergeQueueActs, type MergeQueueActs } from "./acts-merge-queue.ts";
import { createPullActs, type PullActs } from "./acts-pulls.ts";
import { visibleComments } from "./comments.ts";
import { loadDescription } from "./description.ts";
import type { FileChanges } from "./git-store.ts";
import { createHooks } from "./hooks.ts";
import { createLimits } from "./limits.ts";
import { fetchHead, moveComments } from "./move-pull.ts";
import { checkRunObject, pullObject, repositoryObject } from "./objects.ts";
import { BOT, gitPeople, PERSON, userObject } from "./people.ts";
import { type AppGrant, hears, type Permissions, readAppGrant } from "./permissions.ts";
import { type ApiState, createApi, type Fault, type LoggedRequest } from "./serve.ts";
import type { CheckRunState, CommentState, PullState, RepositoryState, ReviewState } from "./state.ts";
import { applySuggestions } from "./suggestions.ts";
import { createTokens } from "./tokens.ts";
import { createPayload, type Delivery } from "./webhooks.ts";

/** A GitHub of one's own: real repositories, the REST API, webhooks, the page's buttons. */
export interface GitHub extends EdgeActs, MergeQueueActs, ConversationActs, PullActs {
  readonly host: string;
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly requests: readonly LoggedRequest[];
  /** Every request or answer that does not fit GitHub's description. */
  readonly violations: readonly string[];
  readonly deliveries: readonly Delivery[];
  /** A commit of octocat's, or of whoever is named. */
  commit(
    repository: RepositoryState,
    branch: string,
    files: FileChanges,
    message: string,
    by?: string,
  ): Promise<string>;
  /** Moves a branch to a new commit on top of another one. */
  forcePush(
    repository: RepositoryState,
    branch: string,
    onto: string,
    files: FileChanges,
    message: string,
  ): Promise<string>;
  /** Deletes a branch; open pull requests from it are closed. */
  deleteBranch(repository: RepositoryState, branch: string): Promise<void>;
  rerequest(repository: RepositoryState, checkRunId: number): Promise<void>;
  /** The page's "Commit suggestion" (several: "Commit suggestions"). */
  commitSuggestions(
    repository: RepositoryState,
    number: number,
    commentIds: readonly number[],
    by?: string,
  ): Promise<string>;
  redeliver(guid: string): Promise<void>;
  deliverTo(url: string | null): void;
  inject(fault: Fault): void;
  expireTokens(): void;
  /** Comments on lines as people see them: without those of pending reviews. */
  comments(repository: RepositoryState, number: number): readonly CommentState[];
  reviews(repository: RepositoryState, number: number): readonly ReviewState[];
  checkRuns(repository: RepositoryState, sha: string): readonly CheckRunState[];
  stop(): Promise<void>;
}

interface Options {
  /** What the App asks for and installations grant, where it is not what app.yml says. */
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  /** Time for the answer to a webhook: 10 s on github.com. */
  readonly deliveryTimeoutMs?: number;
  /** GitHub Enterprise Server: its host name and version stand in headers, and requests are not limited. */
  readonly enterprise?: { readonly host: string; readonly version: string };
}

/** Starts the stand-in on a free port of the loopback interface. */
export async function startGitHub({
  deliveryTimeoutMs = 10_000,
  enterprise,
  ...wanted
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
  const grant: AppGrant = { ...readAppGrant(), ...wanted };
  const limits = createLimits(() => Date.now());
  const state: ApiState = {
    description: loadDescription(),
    repositories: new Map(),
    oldNames: new Map(),
    installations: new Map([[1, { id: 1, account: "acme", ...grant, isSuspended: false }]]),
    hooks,
    // Limits are off on GitHub Enterprise Server unless somebody switches them on (GITHUB.md §7).
    limits: enterprise === undefined ? limits : null,
    grant,
    pushed: (repository, branch, before) => void pushes.push(moved(repository, branch, before, false, BOT)),
    requests: [],
    violations: [],
    faults: [],
    interruptions: [],
    context: { world, nextId, tokens: createTokens(appId, publicKey, () => Date.now()) },
  };
  /** What follows from commits of the App, which does not wait for it. */
  const pushes: Promise<string>[] = [];
  const server = createApi(state);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  async function deliver(
    repository: RepositoryState,
    event: string,
    known: Record<string, unknown>,
  ): Promise<void> {
    // Nobody hears of a repository that no installation includes.
    const installation = state.installations.get(repository.installationId ?? 0);
    if (installation === undefined || !hears(installation, event)) return;
    const body = createPayload(state.description, event, {
      installation: { id: installation.id, node_id: "I" },
      repository: repositoryObject(world, repository),
      sender: userObject(PERSON),
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
    by = PERSON,
    more: object = {},
  ): Promise<void> {
    const pull = pullOf(repository, number);
    await deliver(repository, "pull_request", {
      action,
      number,
      pull_request: pullObject(world, repository, pull),
      sender: userObject(by),
      ...more,
    });
  }

  async function moved(
    repository: RepositoryState,
    branch: string,
    before: string | null,
    forced: boolean,
    by = PERSON,
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
      pusher: { name: by },
      sender: userObject(by),
      compare: "https://github.com/compare",
    });
    for (const { base, pull } of concerned) {
      if (!pull.isOpen) continue;
      if (head === null) await setOpen(base, pull.number, false);
      else await deliverPull(base, pull.number, "synchronize", by, { before: before ?? "", after });
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
    by = PERSON,
  ): Promise<string> {
    const before = repository.git.head(branch);
    repository.git.commit(
      branch,
      files,
      message,
      repository.git.head(repository.defaultBranch),
      gitPeople(by),
    );
    return moved(repository, branch, before, false, by);
  }

  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    appId,
    privateKey,
    webhookSecret,
    requests: state.requests,
    violations: state.violations,
    deliveries: hooks.deliveries,
    ...createEdgeActs({ ...state, grant: () => state.grant, folder, limits, nextId }),
    ...createMergeQueueActs({
      isEnterprise: enterprise !== undefined,
      pullOf,
      deliver,
      moved,
      closeMerged: (repository, number, merge) => {
        pullOf(repository, number).merge = { ...merge, by: "github-merge-queue[bot]" };
        return setOpen(repository, number, false);
      },
    }),
    ...createPullActs({ pullOf, deliverPull, setOpen }),
    ...createConversationActs({ state, nextId, pullOf, deliver, deliverPull, moved }),
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
    async rerequest(repository, checkRunId) {
      const run = repository.checkRuns.find((one) => one.id === checkRunId);
      if (run === undefined) throw new Error(`no check run ${checkRunId}`);
      await deliver(repository, "check_run", {
        action: "rerequested",
        check_run: checkRunObject(world, run),
      });
    },
    commitSuggestions(repository, number, commentIds, by = PERSON) {
      const pull = pullOf(repository, number);
      const chosen = pull.comments.filter((one) => commentIds.includes(one.id));
      const { headRepository } = pull;
      if (headRepository === null) throw new Error("the head repository was deleted");
      if (headRepository !== repository && !pull.canMaintainersModify)
        throw new Error("maintainers may not change this fork");
      const files = applySuggestions(repository, pull, chosen);
      for (const { thread } of chosen) [thread.isResolved, thread.resolvedBy] = [true, by];
      return commit(headRepository, pull.headBranch, files, "Apply suggestions from code review", by);
    },
    async redeliver(guid) {
      const delivery = hooks.deliveries.find((one) => one.guid === guid);
      if (delivery === undefined) throw new Error(`nothing to redeliver: ${guid}`);
      await hooks.redeliver(delivery);
    },
    deliverTo: (url) => hooks.deliverTo(url),
    inject: (fault) => void state.faults.push(fault),
    expireTokens: () => state.context.tokens.expireAll(),
    comments: (repository, number) => visibleComments(pullOf(repository, number), null),
    reviews: (repository, number) => pullOf(repository, number).reviews,
    checkRuns: (repository, sha) => repository.checkRuns.filter((run) => run.headSha === sha),
    async stop() {
      await Promise.all(pushes);
      await hooks.settled();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
