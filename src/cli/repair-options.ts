import type { Fix } from "../fixes/fix.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `check` that decide about repairs. */
export interface RepairOptions {
  readonly fix?: boolean | undefined;
  readonly "diff-fixes"?: boolean | undefined;
  readonly unsafe?: boolean | undefined;
  readonly diff?: string | undefined;
  readonly format: string;
}

/** What is to be done with repairs. */
export interface RepairMode {
  /** Print what would change instead of writing it. */
  readonly isDry: boolean;
  readonly grades: readonly Fix["grade"][];
}

/** Reads the options about repairs; null when nothing is to be repaired. @throws UsageError when they contradict. */
export function readRepairOptions(options: RepairOptions): RepairMode | null {
  const { fix = false, "diff-fixes": isDry = false, unsafe = false, diff, format } = options;
  if (fix && isDry)
    throw new UsageError("--fix writes the repairs and --diff-fixes only shows them; use one");
  if (!fix && !isDry) {
    if (unsafe) throw new UsageError("--unsafe needs --fix or --diff-fixes");
    return null;
  }
  const option = fix ? "--fix" : "--diff-fixes";
  const head = diff?.split("..", 2)[1] ?? "";
  if (head !== "") {
    throw new UsageError(
      `${option} repairs the working tree, not ${head}; use --diff ${diff?.split("..", 1)[0]}`,
    );
  }
  if (isDry && format !== "full") throw new UsageError("--diff-fixes prints a diff; it takes no --format");
  return { isDry, grades: unsafe ? ["A", "B"] : ["A"] };
}
