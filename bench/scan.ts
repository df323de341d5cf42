import { readdirSync, readFileSync, statSync } from "node:fs";
import type { Scan } from "../src/python/scan.ts";
import { nameHash } from "../src/python/scan-names.ts";
import { scanSource } from "../src/python/scan-source.ts";

// Usage: npm run bench:scan -- FOLDER. Scans every Python file from memory; CPU time of the whole process.
const RUNS = 15;
const folder = process.argv[2] ?? "/usr/lib/python3/dist-packages";
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".py"))
  .map((path) => `${folder}/${path}`)
  .filter((path) => statSync(path).isFile())
  .map((path) => readFileSync(path));
const megabytes = sources.reduce((sum, bytes) => sum + bytes.length, 0) / 1_000_000;
process.stdout.write(`${sources.length} files, ${megabytes.toFixed(1)} MB\n`);

function seconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

let scans: Scan[] = [];
for (let run = 1; run <= RUNS; run++) {
  let given = 0;
  const took = seconds(() => {
    scans = [];
    for (const bytes of sources) {
      const scan = scanSource(bytes);
      if (scan === null) given += 1;
      else scans.push(scan);
    }
  });
  process.stdout.write(
    `run ${run}: ${took.toFixed(2)} s, ${(megabytes / took).toFixed(0)} MB per CPU second, ${given} left to the parser\n`,
  );
}

const definitions = scans.reduce((sum, scan) => sum + scan.definitions.length, 0);
const imports = scans.reduce((sum, scan) => sum + scan.imports.length, 0);
const names = scans.reduce((sum, scan) => sum + scan.names.length, 0);
process.stdout.write(
  `${definitions} definitions, ${imports} imports, ${names} names (${((names * 4) / 1e6).toFixed(1)} MB)\n`,
);

for (const name of ["create_task", "not_in_any_file_at_all"]) {
  const hash = nameHash(name);
  let byHash = 0;
  let byBytes = 0;
  const hashed = seconds(() => {
    for (const scan of scans) if (scan.names.includes(hash)) byHash += 1;
  });
  const searched = seconds(() => {
    for (const bytes of sources) if (bytes.includes(name)) byBytes += 1;
  });
  process.stdout.write(
    `files that mention ${name}: ${byHash} in ${(hashed * 1000).toFixed(1)} ms by hash, ` +
      `${byBytes} in ${(searched * 1000).toFixed(1)} ms by Buffer.includes\n`,
  );
}
