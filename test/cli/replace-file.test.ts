import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFile, whyNotReplaceable } from "../../src/cli/replace-file.ts";

const OLD = Buffer.from("old\r\n");
const NEW = Buffer.from("new\r\n");
const isSuperuser = process.getuid?.() === 0;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yieldsign-replace-"));
  file = join(folder, "a.py");
  writeFileSync(file, OLD);
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

test("puts a new file in the place of the old one, with its mode and owner", () => {
  chmodSync(file, 0o640);
  if (isSuperuser) chownSync(file, 12_345, 12_346);
  const before = statSync(file);
  expect(whyNotReplaceable(folder, "a.py", OLD, false)).toBeNull();
  expect(replaceFile(file, OLD, NEW)).toBeNull();
  expect(readFileSync(file)).toEqual(NEW);
  const after = statSync(file);
  expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
  expect(after.ino).not.toBe(before.ino);
  expect(readdirSync(folder)).toEqual(["a.py"]);
});

test("leaves a file alone that is not what was read", () => {
  for (const reason of [
    replaceFile(file, NEW, NEW),
    whyNotReplaceable(folder, "a.py", NEW, false),
    replaceFile(join(folder, "gone.py"), OLD, NEW),
    whyNotReplaceable(folder, "gone.py", OLD, true),
  ])
    expect(reason).toBe("it changed while it was checked");
  symlinkSync(file, join(folder, "link.py"));
  expect(replaceFile(join(folder, "link.py"), OLD, NEW)).toBe("it changed while it was checked");
  expect(whyNotReplaceable(folder, "link.py", OLD, true)).toBe("it is no regular file");
  mkdirSync(join(folder, "folder.py"));
  expect(whyNotReplaceable(folder, "folder.py", OLD, true)).toBe("it is no regular file");
  expect(readFileSync(file)).toEqual(OLD);
  expect(readdirSync(folder).sort()).toEqual(["a.py", "folder.py", "link.py"]);
});

test("says that a file is read-only, which does not matter when nothing is written", () => {
  chmodSync(file, 0o444);
  expect(whyNotReplaceable(folder, "a.py", OLD, false)).toBe("it is read-only");
  expect(whyNotReplaceable(folder, "a.py", OLD, true)).toBeNull();
});

// The superuser may write anywhere, so the rights are given up for the length of this test.
test.runIf(process.seteuid !== undefined)("says that a folder is read-only", () => {
  if (isSuperuser) chownSync(file, 65_534, 65_534);
  chmodSync(folder, 0o555);
  try {
    if (isSuperuser) process.seteuid?.(65_534);
    expect(replaceFile(file, OLD, NEW)).toBe("it cannot be written");
  } finally {
    if (isSuperuser) process.seteuid?.(0);
  }
  expect(readFileSync(file)).toEqual(OLD);
});
