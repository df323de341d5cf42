import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createObjectReader, type GitObject } from "./object-reader.ts";

/** A file that is not a plain one: executable, a symlink (content: its target), a submodule (content: a commit's SHA). */
interface SpecialFile {
  readonly mode: "100755" | "120000" | "160000";
  readonly content: string;
}

/** A change of files: text or bytes to write, null to delete. */
export type FileChanges = Readonly<Record<string, string | Uint8Array | SpecialFile | null>>;

/** Who stands in a commit. */
interface GitPerson {
  readonly name: string;
  readonly email: string;
}

const OCTOCAT: GitPerson = { name: "Octocat", email: "octocat@example.com" };

/** A bare git repository, driven through git itself. */
export interface GitStore {
  readonly folder: string;
  run(...parameters: string[]): Buffer;
  text(...parameters: string[]): string;
  /** An object by its SHA or an expression, as in `main:path`. */
  object(name: string): Promise<GitObject | null>;
  /** Commits changes on a branch (created from `from` when it is missing) and answers the new commit. */
  commit(
    branch: string,
    files: FileChanges,
    message: string,
    from: string | null,
    people?: { readonly author: GitPerson; readonly committer: GitPerson },
  ): string;
  /** Makes a commit of a tree that is there, without moving a branch to it, and answers it. */
  commitTree(tree: string, parents: readonly string[], message: string, person: GitPerson): string;
  head(branch: string): string | null;
}

export function createGitStore(folder: string): GitStore {
  const known = new Map<string, Buffer>();
  const run = (...parameters: string[]): Buffer => {
    const key = isAboutCommits(parameters) ? parameters.join("\0") : null;
    const output =
      known.get(key ?? "") ??
      execFileSync("git", parameters, {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
        maxBuffer: 64 * 1024 * 1024,
      });
    if (key !== null) known.set(key, output);
    return output;
  };
  const text = (...parameters: string[]): string =>
    run(...parameters)
      .toString("utf8")
      .trim();
  execFileSync("git", ["init", "--quiet", "--bare", folder]);

  function head(branch: string): string | null {
    // Git writes a file for each branch that moves; a run of git takes a hundred times as long as reading it.
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
    folder,
    run,
    text,
    object: createObjectReader(folder),
    head,
    commitTree(tree, parents, message, { name, email }) {
      const date = `${nextTime()} +0000`;
      const output = execFileSync(
        "git",
        ["commit-tree", tree, ...parents.flatMap((one) => ["-p", one]), "-m", message],
        {
          cwd: folder,
          stdio: ["ignore", "pipe", "pipe"],
          env: {
            ...process.env,
            GIT_AUTHOR_NAME: name,
            GIT_AUTHOR_EMAIL: email,
            GIT_AUTHOR_DATE: date,
            GIT_COMMITTER_NAME: name,
            GIT_COMMITTER_EMAIL: email,
            GIT_COMMITTER_DATE: date,
          },
        },
      );
      return output.toString("utf8").trim();
    },
    commit(branch, files, message, from, { author, committer } = { author: OCTOCAT, committer: OCTOCAT }) {
      const parent = head(branch) ?? from;
      const time = `${nextTime()} +0000`;
      const parts: Buffer[] = [
        Buffer.from(`commit refs/heads/${branch}\nauthor ${author.name} <${author.email}> ${time}\n`),
        Buffer.from(`committer ${committer.name} <${committer.email}> ${time}\n`),
        data(Buffer.from(message)),
        Buffer.from(parent === null ? "" : `from ${parent}\n`),
      ];
      for (const [path, content] of Object.entries(files)) {
        const quoted = JSON.stringify(path);
        if (content === null) parts.push(Buffer.from(`D ${quoted}\n`));
        else parts.push(...modification(quoted, content));
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

const READING = ["cat-file", "diff", "log", "ls-tree", "merge-base", "rev-list", "show"];

/** Whether git is asked about fixed commits or objects only, so that its answer never changes. */
function isAboutCommits([command = "", ...rest]: readonly string[]): boolean {
  const end = rest.indexOf("--");
  const names = (end === -1 ? rest : rest.slice(0, end)).filter((one) => !one.startsWith("-"));
  const isFixed = (name: string): boolean => /^[0-9a-f]{40}(?:$|:|\^|\.{2,3}[0-9a-f]{40}$)/.test(name);
  return READING.includes(command) && names.length > 0 && names.every(isFixed);
}

let time = 1_767_225_600;

function nextTime(): number {
  time += 60;
  return time;
}

function modification(path: string, content: string | Uint8Array | SpecialFile): Buffer[] {
  const { mode, content: bytes } =
    typeof content === "string" || content instanceof Uint8Array ? { mode: "100644", content } : content;
  if (mode === "160000") return [Buffer.from(`M 160000 ${bytes} ${path}\n`)];
  return [Buffer.from(`M ${mode} inline ${path}\n`), data(Buffer.from(bytes))];
}

function data(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${content.length}\n`), content, Buffer.from("\n")]);
}
