import type { PlannedAction } from "./review-plan.ts";

/** The button that commits repairs; by its identifier GitHub says that it was pressed. */
export const APPLY_ACTION: PlannedAction = {
  label: "Apply fixes",
  description: "Commits the repairs that are certain.",
  identifier: "apply-fixes",
};

/** The buttons that work on a pull request: none for what Yieldsign could not or would not commit. */
export function offeredActions(pull: {
  readonly isFork: boolean;
  /** The head is a commit of ours, on which no other one is put. */
  readonly isOwnHead: boolean;
  /** The installation was granted `contents: write`. */
  readonly canCommit: boolean;
}): PlannedAction[] {
  return pull.canCommit && !pull.isFork && !pull.isOwnHead ? [APPLY_ACTION] : [];
}
