import { readdirSync, readFileSync } from "node:fs";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";

// The peer as a process of its own: ruff's async rules over every Python file below a folder.
const root = process.argv[2] ?? ".";
const workspace = new Workspace(
  { lint: { select: ["ASYNC", "RUF006", "F704", "PLE1142"] } },
  PositionEncoding.Utf16,
);
let found = 0;
let files = 0;
for (const path of readdirSync(root, { recursive: true, encoding: "utf8" })) {
  if (!path.endsWith(".py")) continue;
  try {
    found += (workspace.check(readFileSync(`${root}/${path}`, "utf8")) as unknown[]).length;
    files += 1;
  } catch {
    // A file that ruff cannot read is not part of its time either.
  }
}
process.stdout.write(`${files} files, ${found} findings\n`);
