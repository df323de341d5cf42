import type { GitHub } from "../../test/github/start-github.ts";
import type { RepositoryState } from "../../test/github/state.ts";

/** The branch of every scenario's change. */
export const BRANCH = "change";

/** Where a scenario is played. */
export interface Stage {
  readonly github: GitHub;
  readonly repository: RepositoryState;
  /** Where the branch is: the repository itself or a fork. */
  readonly from: RepositoryState;
  /** The pull request; 0 where there is none. */
  readonly number: number;
  /** The commit whose check run counts. */
  readonly head: string;
}

const BOT = "yieldsign[bot]";

/** Threads that we began. */
export function threadsOf({ github, repository, number }: Stage) {
  if (number === 0) return [];
  return github.comments(repository, number).filter(({ inReplyTo }) => inReplyTo === null);
}

/** Our comments in the timeline. */
export function timelineOf({ github, repository, number }: Stage) {
  if (number === 0) return [];
  return github.timeline(repository, number).filter(({ author }) => author === BOT);
}

/** The newest check run on the head. */
export function checkOf({ github, repository, head }: Stage) {
  return github.checkRuns(repository, head).at(-1);
}

/** Our reactions to the last comment that somebody else wrote in the timeline. */
export function lastReactions({ github, repository, number }: Stage): string[] {
  const asked = github
    .timeline(repository, number)
    .filter(({ author }) => author !== BOT)
    .at(-1);
  return (asked?.reactions ?? []).map(({ content }) => content);
}
