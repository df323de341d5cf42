// Copies what `tsc` leaves behind: the library facts, which are data files.
import { chmodSync, cpSync, existsSync } from "node:fs";

cpSync("src/facts", "dist/facts", { recursive: true, filter: (source) => !source.endsWith(".ts") });
if (existsSync("dist/cli.js")) chmodSync("dist/cli.js", 0o755);
