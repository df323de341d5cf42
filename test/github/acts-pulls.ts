import { fetchHead } from "./move-pull.ts";
import { PERSON } from "./people.ts";
import type { PullState, RepositoryState } from "./state.ts";

/** What people do to pull requests as a whole; they are octocat where nobody is named. */
export interface PullActs {
  openPullRequest(repository: RepositoryState, options: PullOptions): Promise<number>;
  setOpen(repository: RepositoryState, number: number, isOpen: boolean): Promise<void>;
  markReady(repository: RepositoryState, number: number): Promise<void>;
  changeBase(repository: RepositoryState, number: number, base: string): Promise<void>;
}

interface PullOptions {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly isDraft?: boolean;
  /** Login of whoever opens it. */
  readonly author?: string;
  readonly labels?: readonly string[];
  /** A fork; the repository itself without one. */
  readonly from?: RepositoryState;
  readonly canMaintainersModify?: boolean;
}

interface PullDesk {
  pullOf(repository: RepositoryState, number: number): PullState;
  deliverPull(
    repository: RepositoryState,
    number: number,
    action: string,
    by?: string,
    more?: object,
  ): Promise<void>;
  setOpen(repository: RepositoryState, number: number, isOpen: boolean): Promise<void>;
}

export function createPullActs({ pullOf, deliverPull, setOpen }: PullDesk): PullActs {
  return {
    async openPullRequest(repository, { head, base, title, from = repository, ...more }) {
      const { isDraft = false, canMaintainersModify = false, author = PERSON, labels = [] } = more;
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
        author,
        labels,
        merge: null,
        reviews: [],
        comments: [],
        timeline: [],
      };
      repository.pulls.set(number, pull);
      fetchHead(repository, pull);
      await deliverPull(repository, number, "opened", author);
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
      await deliverPull(repository, number, "edited", PERSON, { changes: { base: from } });
    },
  };
}
