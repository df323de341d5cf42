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

/** Scans everything, again and again; the best and the middle run in MB per CPU second. */
function measure(what: string, take: (scan: Scan) => void, begin: () => void): void {
  const speeds: number[] = [];
  let given = 0;
  for (let run = 0; run < RUNS; run++) {
    begin();
    given = 0;
    const took = seconds(() => {
      for (const bytes of sources) {
        const scan = scanSource(bytes);
        if (scan === null) given += 1;
        else take(scan);
      }
    });
    speeds.push(Math.round(megabytes / took));
  }
  const [first] = speeds;
  speeds.sort((one, other) => one - other);
  process.stdout.write(
    `${what}: ${speeds[RUNS >> 1]} MB per CPU second (first run ${first}, best ${speeds.at(-1)}); ` +
      `${given} files left to the parser\n`,
  );
}

let scans: Scan[] = [];
measure(
  "scanned and dropped",
  () => undefined,
  () => undefined,
);
measure(
  "scanned and kept",
  (scan) => scans.push(scan),
  () => {
    scans = [];
  },
);

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
