import type { RepositoryState } from "../state.ts";
import type { Asker } from "./asker.ts";
import { commitNode } from "./commit-node.ts";

/** A branch; null when it is not there. */
export function refNode(asker: Asker, repository: RepositoryState, name: string) {
  const head = repository.git.head(name);
  if (head === null) return null;
  return {
    __typename: "Ref",
    id: `REF_${repository.id}_${name}`,
    name,
    prefix: "refs/heads/",
    target: commitNode(asker, repository, head),
  };
}
