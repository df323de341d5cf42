import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseGitDiff } from "../../src/diff/parse-git-diff.ts";

const folder = mkdtempSync(join(tmpdir(), "yieldsign-git-diff-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const git = (...parameters: string[]): string =>
  execFileSync("git", parameters, { cwd: folder }).toString("utf8");

test("renames, mode changes, binary, empty, odd and deleted files of a real diff", () => {
  git("init", "--quiet");
  git("config", "user.email", "a@example.com");
  git("config", "user.name", "A");
  const body = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
  writeFileSync(join(folder, "moved.py"), body);
  writeFileSync(join(folder, "mode.py"), "a\n");
  writeFileSync(join(folder, "gone.py"), "a\n");
  writeFileSync(join(folder, "data.bin"), Buffer.from([0, 1, 2]));
  git("add", "-A");
  git("commit", "-qm", "one");
  mkdirSync(join(folder, "sub dir"));
  renameSync(join(folder, "moved.py"), join(folder, 'sub dir/é"ü.py'));
  writeFileSync(join(folder, 'sub dir/é"ü.py'), body.replace("line 3", "line three"));
  chmodSync(join(folder, "mode.py"), 0o755);
  rmSync(join(folder, "gone.py"));
  writeFileSync(join(folder, "data.bin"), Buffer.from([0, 1, 3]));
  writeFileSync(join(folder, "empty.py"), "");
  writeFileSync(join(folder, "new.py"), "--- a\n+++ b\ndiff --git a/x b/x\n");
  git("add", "-A");
  const files = parseGitDiff(git("diff", "--cached", "-M", "--no-color"));
  expect(
    files.map(({ oldPath, newPath, isBinary, hunks }) => [oldPath, newPath, isBinary, hunks.length]),
  ).toEqual([
    ["data.bin", "data.bin", true, 0],
    [null, "empty.py", false, 0],
    ["gone.py", null, false, 1],
    ["mode.py", "mode.py", false, 0],
    [null, "new.py", false, 1],
    ["moved.py", 'sub dir/é"ü.py', false, 1],
  ]);
  expect(files[4]?.hunks[0]?.lines.map(({ text }) => text)).toEqual(["--- a", "+++ b", "diff --git a/x b/x"]);
});
