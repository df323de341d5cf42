import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A change of files: text or bytes to write, null to delete. */
export type FileChanges = Readonly<Record<string, string | Uint8Array | null>>;

/** A bare git repository, driven through git itself. */
export interface GitStore {
  run(...parameters: string[]): Buffer;
  text(...parameters: string[]): string;
  /** Commits changes on a branch (created from `from` when it is missing) and answers the new commit. */
  commit(branch: string, files: FileChanges, message: string, from: string | null): string;
  head(branch: string): string | null;
}

/** A commit's full name; that of a branch would mean something else tomorrow. */
const FULL_NAME = /^[0-9a-f]{40}$/;

/** Commands that answer the same for the same two commits for ever; a process for each is most of the tests' time. */
const COMPARISONS = new Set(["diff", "merge-base"]);

export function createGitStore(folder: string): GitStore {
  const known = new Map<string, Buffer>();

  function run(...parameters: string[]): Buffer {
    const [command = ""] = parameters;
    const isLasting =
      COMPARISONS.has(command) && parameters.filter((one) => FULL_NAME.test(one)).length === 2;
    const key = parameters.join("\0");
    const output =
      known.get(key) ??
      execFileSync("git", parameters, {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
        maxBuffer: 64 * 1024 * 1024,
      });
    if (isLasting) known.set(key, output);
    return output;
  }

  const text = (...parameters: string[]): string =>
    run(...parameters)
      .toString("utf8")
      .trim();
  execFileSync("git", ["init", "--quiet", "--bare", folder]);

  function head(branch: string): string | null {
    // Git keeps a branch that was just written in a file of its own.
    const file = join(folder, "refs/heads", branch);
    if (existsSync(file)) return readFileSync(file, "utf8").trim();
    if (!existsSync(join(folder, "packed-refs"))) return null;
    try {
      return text("rev-parse", "--verify", "--quiet", `refs/heads/${branch}^{commit}`);
    } catch {
      return null;
    }
  }

  return {
    run,
    text,
    head,
    commit(branch, files, message, from) {
      const parent = head(branch) ?? from;
      const parts: Buffer[] = [
        Buffer.from(
          `commit refs/heads/${branch}\ncommitter Octocat <octocat@example.com> ${nextTime()} +0000\n`,
        ),
        data(Buffer.from(message)),
        Buffer.from(parent === null ? "" : `from ${parent}\n`),
      ];
      for (const [path, content] of Object.entries(files)) {
        const quoted = JSON.stringify(path);
        if (content === null) parts.push(Buffer.from(`D ${quoted}\n`));
        else parts.push(Buffer.from(`M 100644 inline ${quoted}\n`), data(Buffer.from(content)));
      }
      parts.push(Buffer.from("\ndone\n"));
      execFileSync("git", ["fast-import", "--quiet", "--done", "--force"], {
        cwd: folder,
        input: Buffer.concat(parts),
      });
      return head(branch) ?? "";
    },
  };
}

let time = 1_767_225_600;

function nextTime(): number {
  time += 60;
  return time;
}

function data(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${content.length}\n`), content, Buffer.from("\n")]);
}
