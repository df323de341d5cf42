import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** A folder in which the built command line runs. */
export interface CommandFolder {
  readonly path: string;
  write(path: string, text: string): void;
  run(...parameters: string[]): { status: number | null; stdout: string; stderr: string };
  git(...parameters: string[]): string;
  remove(): void;
}

/** Makes an empty folder for a test. */
export function openCommandFolder(): CommandFolder {
  const folder = mkdtempSync(join(tmpdir(), "yieldsign-cli-"));
  return {
    path: folder,
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    run(...parameters) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...parameters], {
        cwd: folder,
        encoding: "utf8",
      });
      return { status, stdout, stderr };
    },
    git(...parameters) {
      const identity = ["-c", "user.email=a@example.com", "-c", "user.name=A"];
      return execFileSync("git", [...identity, ...parameters], { cwd: folder, encoding: "utf8" });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
