import type { Permissions } from "../permissions.ts";
import type { RepositoryState } from "../state.ts";

/** Whoever asks, and what a query is answered from. */
export interface Asker {
  readonly repositories: ReadonlyMap<string, RepositoryState>;
  readonly permissions: Permissions;
  readonly installationId: number | null;
  readonly appId: number;
  nextId(): number;
  /** Tells of a branch that the App moved: its pull requests follow, and webhooks are sent. */
  pushed(repository: RepositoryState, branch: string, before: string): void;
}
