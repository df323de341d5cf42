import type { Hunk } from "./hunk.ts";
import { parsePatch } from "./parse-patch.ts";

/** One file of `git diff`. A path is null on the side where the file does not exist. */
export interface FileDiff {
  readonly oldPath: string | null;
  readonly newPath: string | null;
  readonly isBinary: boolean;
  readonly hunks: readonly Hunk[];
}

/** Parses the output of `git diff` (git's own format with `a/` and `b/` prefixes). */
export function parseGitDiff(text: string): FileDiff[] {
  return splitFiles(text).map(parseFile);
}

function splitFiles(text: string): string[][] {
  const files: string[][] = [];
  let hunkLeft = { old: 0, new: 0 };
  for (const line of text.split("\n")) {
    const isInHunk = hunkLeft.old > 0 || hunkLeft.new > 0;
    if (!isInHunk && line.startsWith("diff --git ")) files.push([]);
    const header = isInHunk ? null : /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (header !== null) hunkLeft = { old: Number(header[1] ?? "1"), new: Number(header[2] ?? "1") };
    else if (isInHunk && !line.startsWith("\\")) {
      if (!line.startsWith("+")) hunkLeft.old -= 1;
      if (!line.startsWith("-")) hunkLeft.new -= 1;
    }
    files.at(-1)?.push(line);
  }
  return files;
}

function parseFile(lines: readonly string[]): FileDiff {
  const firstHunk = lines.findIndex((line) => line.startsWith("@@ "));
  const head = firstHunk === -1 ? lines : lines.slice(0, firstHunk);
  const field = (prefix: string): string | null => {
    const line = head.find((one) => one.startsWith(prefix));
    return line === undefined ? null : line.slice(prefix.length);
  };
  const both = pathsOfHeader(head[0] ?? "");
  const oldName = field("--- ") ?? field("rename from ") ?? field("copy from ");
  const newName = field("+++ ") ?? field("rename to ") ?? field("copy to ");
  const isAdded = field("new file mode ") !== null;
  const isDeleted = field("deleted file mode ") !== null;
  return {
    oldPath: isAdded ? null : (pathOf(oldName, "a/") ?? both.oldPath),
    newPath: isDeleted ? null : (pathOf(newName, "b/") ?? both.newPath),
    isBinary: head.some((line) => line.startsWith("Binary files ") || line === "GIT binary patch"),
    hunks: firstHunk === -1 ? [] : parsePatch(lines.slice(firstHunk).join("\n")),
  };
}

/** `diff --git a/x b/x`: reliable only when both paths are the same, as for mode changes and empty files. */
function pathsOfHeader(line: string): { oldPath: string | null; newPath: string | null } {
  const rest = line.slice("diff --git ".length);
  if (rest.startsWith('"')) {
    const [first, second] = rest.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
    return { oldPath: pathOf(first ?? null, "a/"), newPath: pathOf(second ?? null, "b/") };
  }
  const middle = (rest.length - 1) / 2;
  return { oldPath: pathOf(rest.slice(0, middle), "a/"), newPath: pathOf(rest.slice(middle + 1), "b/") };
}

function pathOf(name: string | null, prefix: string): string | null {
  if (name === null || name === "/dev/null") return null;
  const plain = name.startsWith('"') ? unquote(name) : name.replace(/\t$/, "");
  return plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  "\\": 92,
};

/** Undoes git's C-style quoting of unusual paths (bytes as octal escapes, UTF-8). */
function unquote(name: string): string {
  const bytes: number[] = [];
  const inner = name.slice(1, name.lastIndexOf('"'));
  for (let at = 0; at < inner.length; at++) {
    if (inner[at] !== "\\") {
      bytes.push(...Buffer.from(inner[at] ?? "", "utf8"));
      continue;
    }
    const octal = /^[0-7]{3}/.exec(inner.slice(at + 1));
    if (octal !== null) {
      bytes.push(Number.parseInt(octal[0], 8));
      at += 3;
    } else {
      bytes.push(ESCAPES[inner[at + 1] ?? ""] ?? 63);
      at += 1;
    }
  }
  return Buffer.from(bytes).toString("utf8");
}
