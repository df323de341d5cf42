import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder in which git itself says how texts differ. */
export interface GitOracle {
  /** `git diff --no-index` of two texts, as it is printed. */
  diff(oldText: string, newText: string): string;
  /** The new text according to `git apply`. */
  apply(oldText: string, patch: string): string;
  remove(): void;
}

export function createGitOracle(): GitOracle {
  const folder = mkdtempSync(join(tmpdir(), "yieldsign-diff-"));
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  execFileSync("git", ["config", "core.autocrlf", "false"], { cwd: folder });
  return {
    diff(oldText, newText) {
      writeFileSync(join(folder, "old"), oldText);
      writeFileSync(join(folder, "new"), newText);
      const { stdout } = spawnSync("git", ["diff", "--no-index", "--no-color", "--", "old", "new"], {
        cwd: folder,
      });
      return stdout.toString("utf8");
    },
    apply(oldText, patch) {
      writeFileSync(join(folder, "file"), oldText);
      const header = "diff --git a/file b/file\n--- a/file\n+++ b/file\n";
      execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: folder, input: `${header}${patch}` });
      return execFileSync("cat", ["file"], { cwd: folder }).toString("utf8");
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
