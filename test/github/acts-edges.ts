import { join } from "node:path";
import { createGitStore, type FileChanges } from "./git-store.ts";
import type { Hooks } from "./hooks.ts";
import type { Interruption } from "./interruptions.ts";
import type { Limits, PrimaryLimit, SecondaryLimit } from "./limits.ts";
import { PERSON } from "./people.ts";
import type { AppGrant } from "./permissions.ts";
import type { InstallationState, RepositoryState } from "./state.ts";

/** What happens to repositories, installations, deliveries and limits. */
export interface EdgeActs {
  /** Another account installs the App; repositories created for it belong to that installation. */
  install(account: string): InstallationState;
  /** Its owner, or GitHub, suspends an installation: no token of it is good for anything. */
  suspend(installationId: number): void;
  /** The installation does not include a repository any more; what is public can still be read. */
  removeFromInstallation(repository: RepositoryState): void;
  createRepository(options: { owner: string; name: string; files: FileChanges }): RepositoryState;
  /** A fork in another account, where the App is installed only if that account did so. */
  fork(repository: RepositoryState, owner: string): RepositoryState;
  /** A new name, a new owner, or both; webhooks carry it from then on. */
  rename(repository: RepositoryState, to: { owner?: string; name?: string }): void;
  archive(repository: RepositoryState): void;
  /** Pull requests from a deleted fork stay, with no head repository. */
  deleteRepository(repository: RepositoryState): void;
  /** Lets something happen once, when a request arrives for which `matches` is true, before it is looked at. */
  interrupt(matches: Interruption["matches"], act: () => unknown): void;
  holdDeliveries(): void;
  /** Sends what was held, in the order of the positions given (a position twice: a duplicate). */
  releaseDeliveries(order?: readonly number[]): Promise<void>;
  /** The hour's budget is used up. */
  hitPrimaryLimit(limit: PrimaryLimit): void;
  hitSecondaryLimit(limit: SecondaryLimit): void;
}

/** The parts of the stand-in that these acts change. */
interface EdgeDesk {
  readonly folder: string;
  readonly repositories: Map<string, RepositoryState>;
  readonly oldNames: Map<string, number>;
  readonly installations: Map<number, InstallationState>;
  /** What the App asks for by now. */
  grant(): AppGrant;
  readonly hooks: Hooks;
  readonly interruptions: Interruption[];
  readonly limits: Limits;
  nextId(): number;
}

export function createEdgeActs(desk: EdgeDesk): EdgeActs {
  const { folder, repositories, oldNames, installations, hooks, limits, nextId } = desk;

  /** The account of the first installation is not fixed: whoever did not install the App by itself belongs to it. */
  function installationIdOf(owner: string): number {
    return [...installations.values()].find(({ account }) => account === owner)?.id ?? 1;
  }

  function add(owner: string, name: string, parent: RepositoryState | null): RepositoryState {
    const id = nextId();
    const isInstalled = [...installations.values()].some(({ account }) => account === owner);
    const repository: RepositoryState = {
      id,
      owner,
      name,
      installationId: parent === null || isInstalled ? installationIdOf(owner) : null,
      parent,
      isArchived: false,
      people: new Map([[PERSON, "write"]]),
      sarifs: [],
      defaultBranch: "main",
      git: createGitStore(join(folder, `${id}.git`)),
      pulls: new Map(),
      checkRuns: [],
      lostBlobs: new Set(),
      failingBlobs: new Set(),
      treeLimit: 100_000,
    };
    repositories.set(`${owner}/${name}`, repository);
    return repository;
  }

  return {
    install(account) {
      const installation = { id: installations.size + 1, account, ...desk.grant(), isSuspended: false };
      installations.set(installation.id, installation);
      return installation;
    },
    suspend(installationId) {
      const installation = installations.get(installationId);
      if (installation === undefined) throw new Error(`no installation ${installationId}`);
      installation.isSuspended = true;
    },
    removeFromInstallation(repository) {
      repository.installationId = null;
    },
    createRepository({ owner, name, files }) {
      const repository = add(owner, name, null);
      repository.git.commit("main", files, "Initial commit", null);
      return repository;
    },
    fork(repository, owner) {
      const fork = add(owner, repository.name, repository);
      fork.git.run("fetch", "--quiet", repository.git.folder, "+refs/heads/*:refs/heads/*");
      return fork;
    },
    rename(repository, { owner = repository.owner, name = repository.name }) {
      const old = `${repository.owner}/${repository.name}`;
      repositories.delete(old);
      oldNames.set(old, repository.id);
      if (owner !== repository.owner) repository.installationId = installationIdOf(owner);
      [repository.owner, repository.name] = [owner, name];
      repositories.set(`${owner}/${name}`, repository);
    },
    archive(repository) {
      repository.isArchived = true;
    },
    deleteRepository(repository) {
      repositories.delete(`${repository.owner}/${repository.name}`);
      for (const { pulls } of repositories.values())
        for (const pull of pulls.values()) if (pull.headRepository === repository) pull.headRepository = null;
    },
    interrupt: (matches, act) => void desk.interruptions.push({ matches, act }),
    holdDeliveries: () => hooks.hold(),
    releaseDeliveries: (order) => hooks.release(order),
    hitPrimaryLimit: (limit) => limits.usePrimary(limit),
    hitSecondaryLimit: (limit) => limits.useSecondary(limit),
  };
}
