import { compileGlob } from "./compile-glob.ts";

/** Alternatives of one pattern; more of them are a mistake, or meant to hurt. */
const MAX_ALTERNATIVES = 64;

/**
 * A test of paths (relative to the root, with forward slashes) against a pattern of the configuration, read as git
 * reads `.gitignore` and with alternatives `{a,b}` as ruff has them: without a slash in it, it means files and folders
 * of that name everywhere, otherwise a path from the root; a folder means all that lies in it.
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const tests = expandBraces(pattern).map(onePattern);
  return (path) => tests.some((test) => test(path));
}

function onePattern(pattern: string): (path: string) => boolean {
  const isFolder = pattern.endsWith("/");
  const plain = pattern.replace(/^\.\//, "").replace(/\/+$/, "");
  const fits = compileGlob(plain.replace(/^\//, ""));
  if (plain.includes("/")) return (path) => fits(path, isFolder ? "folder" : "whole-or-folder");
  return (path) => {
    const parts = path.split("/");
    return parts.some((part, index) => (!isFolder || index < parts.length - 1) && fits(part));
  };
}

/** "a.{b,c}" as "a.b" and "a.c", the innermost first. */
export function expandBraces(pattern: string): string[] {
  let patterns = [pattern];
  for (;;) {
    const next = patterns.flatMap((one) => {
      const match = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (match === null) return [one];
      const [whole, inside = ""] = match;
      const before = one.slice(0, match.index);
      const after = one.slice(match.index + whole.length);
      return inside.split(",").map((alternative) => before + alternative + after);
    });
    if (next.length > MAX_ALTERNATIVES) return patterns.slice(0, MAX_ALTERNATIVES);
    if (next.length === patterns.length && next.every((one, index) => one === patterns[index])) return next;
    patterns = next;
  }
}
