import { execFileSync } from "node:child_process";

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
  const run = (...parameters: string[]): Buffer =>
    execFileSync("git", parameters, {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
    });
  const text = (...parameters: string[]): string =>
    run(...parameters)
      .toString("utf8")
      .trim();
  execFileSync("git", ["init", "--quiet", "--bare", folder]);

  function head(branch: string): string | null {
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
