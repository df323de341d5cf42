import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/**
 * The change of one file in the form that `git apply` and `patch -p1` take. The path is relative to the folder in
 * which it is to be applied.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options);
  // Both take a name to end at a space unless a tab ends it.
  return path.includes(" ") ? patch.replace(/^(--- a\/.*)\n(\+\+\+ b\/.*)\n/, "$1\t\n$2\t\n") : patch;
}
