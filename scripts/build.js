// Compiles src/ into an empty dist/ and adds what `tsc` leaves behind: the library facts, which are data files (the overlay
// is part of the tables already).
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

rmSync("dist", { recursive: true, force: true });
const compiler = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin",
  "tsc",
);
const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
cpSync("src/facts", "dist/facts", {
  recursive: true,
  filter: (source) => !source.endsWith(".ts") && !source.endsWith("overlay"),
});
chmodSync("dist/cli.js", 0o755);
