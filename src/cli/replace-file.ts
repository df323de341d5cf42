import { randomUUID } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * Why a file of a project cannot be replaced, as the end of a sentence; null when nothing speaks against it. Whether
 * it may be written does not matter where that is not meant to happen (`isDry`).
 */
export function whyNotReplaceable(
  root: string,
  path: string,
  expected: Uint8Array,
  isDry: boolean,
): string | null {
  const file = join(root, path);
  try {
    const folder = realpathSync(dirname(file));
    if (/^\.\.($|[\\/])/.test(relative(realpathSync(root), folder)))
      return "a link leads to it, out of the project";
    const status = lstatSync(file);
    if (!status.isFile()) return "it is no regular file";
    if (!readFileSync(file).equals(expected)) return CHANGED;
    if (isDry) return null;
    // For the superuser everything is writable, but who made a file read-only meant it.
    if ((status.mode & 0o222) === 0 || !isWritable(file)) return "it is read-only";
    return isWritable(folder) ? null : "its folder is read-only";
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Gives a file other bytes, all at once: whoever reads it sees the old or the new ones. Mode and owner stay. The
 * answer is why it was not done, as the end of a sentence, or null.
 */
export function replaceFile(file: string, expected: Uint8Array, bytes: Uint8Array): string | null {
  const temporary = join(dirname(file), `.yieldsign-${randomUUID()}`);
  try {
    const { mode, uid, gid } = lstatSync(file);
    const descriptor = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(descriptor, bytes);
      if (process.getuid?.() === 0) fchownSync(descriptor, uid, gid);
      fchmodSync(descriptor, mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (!lstatSync(file).isFile() || !readFileSync(file).equals(expected)) return CHANGED;
    renameSync(temporary, file);
    return null;
  } catch (error) {
    return messageOf(error);
  } finally {
    rmSync(temporary, { force: true });
  }
}

const CHANGED = "it changed while it was checked";

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function messageOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "it cannot be written";
  return code === "ENOENT" ? CHANGED : message;
}
