import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { SourceTree } from "../../src/analysis/analyser.ts";
import { positionKey } from "./instrument.ts";
import { revealedType } from "./revealed-kind.ts";

interface Output {
  readonly generalDiagnostics: readonly {
    readonly file: string;
    readonly message: string;
    readonly range: {
      readonly start: { readonly line: number; readonly character: number };
      readonly end: { readonly line: number; readonly character: number };
    };
  }[];
}

/** Writes the files of a tree into a folder, each through `change`. */
export function copyTree(
  tree: SourceTree,
  folder: string,
  change: (path: string, bytes: Uint8Array) => string,
) {
  for (const path of tree.paths) {
    const file = tree.read(path);
    if (file === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), change(path, file.bytes));
  }
}

/** Runs pyright over a folder; gives the revealed types by path and position. */
export function runPyright(folder: string): Map<string, Map<string, string>> {
  // Sources are imported from the root, from `src`, and from the folders that hold a package of their own.
  const extraPaths = ["src", "server", "python", "lib"].filter((path) => existsSync(join(folder, path)));
  const settings = {
    typeCheckingMode: "off",
    pythonVersion: "3.13",
    extraPaths,
    include: ["."],
    exclude: [],
  };
  writeFileSync(join(folder, "pyrightconfig.json"), JSON.stringify(settings));
  const output = join(folder, "pyright-output.json");
  const program = createRequire(import.meta.url).resolve("pyright/index.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=6000", program, "--outputjson", "-p", folder],
    { encoding: "utf8", maxBuffer: 1024 * 1024 * 1024 },
  );
  if (stdout === "") throw new Error(`pyright ended with ${status}: ${stderr.slice(0, 2_000)}`);
  writeFileSync(output, stdout);
  const { generalDiagnostics }: Output = JSON.parse(readFileSync(output, "utf8"));
  const revealed = new Map<string, Map<string, string>>();
  for (const { file, message, range } of generalDiagnostics) {
    const type = revealedType(message);
    if (type === null) continue;
    const path = file.slice(folder.length + 1).replaceAll("\\", "/");
    let ofFile = revealed.get(path);
    if (ofFile === undefined) {
      ofFile = new Map();
      revealed.set(path, ofFile);
    }
    const { start, end } = range;
    ofFile.set(positionKey(start.line, start.character, end.line, end.character), type);
  }
  return revealed;
}
