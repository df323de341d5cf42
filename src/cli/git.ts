import { execFileSync } from "node:child_process";
import { UsageError } from "./usage-error.ts";

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Runs git in a folder, without a shell. @throws UsageError with git's own words. */
export function git(folder: string, ...parameters: string[]): Buffer {
  try {
    return execFileSync("git", ["-c", "core.quotePath=true", ...parameters], {
      cwd: folder,
      maxBuffer: MAX_OUTPUT_BYTES,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const { stderr, message } = error as { stderr?: Buffer; message: string };
    const words = stderr?.toString("utf8").trim().split("\n")[0] ?? "";
    throw new UsageError(
      words === "" ? `git could not be run: ${message}` : words.replace(/^fatal: /, "git: "),
    );
  }
}

/** True inside a git work tree. */
export function isWorkTree(folder: string): boolean {
  try {
    return git(folder, "rev-parse", "--is-inside-work-tree").toString("utf8").trim() === "true";
  } catch {
    return false;
  }
}

/** Splits the output of a command with `-z`. */
export function splitZero(output: Buffer): string[] {
  return output
    .toString("utf8")
    .split("\0")
    .filter((part) => part !== "");
}
