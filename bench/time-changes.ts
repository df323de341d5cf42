import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { SourceFile, SourceTree } from "../src/analysis/analyser.ts";
import { createAnalyser } from "../src/analysis/create-analyser.ts";

// CPU seconds of the analysis of a change, as the server's analysis thread does it: with everything new to it (cold),
// and again after each of the changed files got one more line (warm). Usage: time-changes.ts FOLDER COUNT
const [folder = ".", count = "1"] = process.argv.slice(2);
const ROUNDS = 3;

const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".py"))
  .sort();
const changes = new Map<string, SourceFile>();
const files = new Map<string, SourceFile>();
const asFile = (bytes: Buffer): SourceFile => ({ id: createHash("sha1").update(bytes).digest("hex"), bytes });
const tree: SourceTree = {
  paths,
  read(path) {
    const changed = changes.get(path) ?? files.get(path);
    if (changed !== undefined) return changed;
    const file = asFile(readFileSync(`${folder}/${path}`));
    files.set(path, file);
    return file;
  },
};
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

// Files of ordinary size that have something asynchronous, spread over the tree.
const candidates = paths.filter((path) => {
  const { bytes } = tree.read(path) ?? {};
  return (
    bytes !== undefined &&
    bytes.length > 8_000 &&
    bytes.length < 40_000 &&
    Buffer.from(bytes).includes("async def")
  );
});
files.clear();
const wanted = Number(count);
const step = candidates.length / wanted;
const changed = Array.from(
  { length: wanted },
  (_, index) => candidates[Math.floor((index + 0.5) * step)] ?? "",
);

let started = cpu();
const analyser = await createAnalyser();
analyser.check(tree, changed);
const cold = cpu() - started;
const read = files.size;
const warm: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const path of changed) {
    const { bytes = Buffer.alloc(0) } = tree.read(path) ?? {};
    changes.set(path, asFile(Buffer.concat([bytes, Buffer.from(`\n# ${round}\n`)])));
  }
  started = cpu();
  analyser.check(tree, changed);
  warm.push(cpu() - started);
}
warm.sort((a, b) => a - b);
process.stdout.write(`${JSON.stringify({ cold, warm: warm[Math.floor(ROUNDS / 2)], read })}\n`);
