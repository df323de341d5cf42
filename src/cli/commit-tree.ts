import type { SourceFile, SourceTree } from "../analysis/analyser.ts";
import { git } from "./git.ts";

/** The Python files of a commit below a folder of the work tree; blobs are read when they are needed. */
export function openCommitTree(root: string, commit: string): SourceTree {
  const blobs = new Map<string, string>();
  for (const line of git(root, "ls-tree", "-r", "-z", commit).toString("utf8").split("\0")) {
    const match = /^100(?:644|755) blob ([0-9a-f]+)\t(.*)$/s.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined && /\.(pyi?|ipynb)$/.test(match[2]))
      blobs.set(match[2], match[1]);
  }
  const files = new Map<string, SourceFile>();
  return {
    paths: [...blobs.keys()],
    read(path) {
      const sha = blobs.get(path);
      if (sha === undefined) return undefined;
      const known = files.get(path);
      if (known !== undefined) return known;
      const file = { id: sha, bytes: git(root, "cat-file", "blob", sha) };
      files.set(path, file);
      return file;
    },
  };
}
