import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { splitBundle } from "../../src/facts/bundle.ts";
import { STANDARD_LIBRARY } from "../../src/project/standard-library.ts";
import { createPythonParser } from "../../src/python/parse.ts";
import { toBundles } from "./bundles.ts";
import { FACTS, finishBundles, readOverlay, readText } from "./overlay.ts";
import { readPackages } from "./package.ts";
import { readStandardLibrary, readTypeshedStubs } from "./stdlib.ts";

const USAGE = `npm run facts                     makes the tables of the standard library anew and lays the overlay over all tables
npm run facts -- DIR --package NAME --version V --licence L
                                  makes the tables of the packages in DIR and puts them beside the others
  --open                          DIR holds stubs that lack special methods
  --with SOURCES                  complete them from the package's sources
npm run facts -- DIR --out FILE   only writes them to FILE ("-" for the standard output)
`;

const TABLES = join(FACTS, "tables");

/** Third-party stubs of typeshed that are better than anything the packages themselves say. */
export const TYPESHED_STUBS: readonly (readonly [distribution: string, top: string])[] = [
  ["aiofiles", "aiofiles"],
  ["channels", "channels"],
];

function writeTables(bundles: ReadonlyMap<string, string>): void {
  mkdirSync(TABLES, { recursive: true });
  for (const [top, text] of bundles) writeFileSync(join(TABLES, `${top}.pyi.txt`), text);
  const index: Record<string, string[]> = {};
  let size = 0;
  for (const name of readdirSync(TABLES).sort()) {
    if (!name.endsWith(".pyi.txt")) continue;
    const text = readFileSync(join(TABLES, name), "utf8");
    index[name.slice(0, -".pyi.txt".length)] = splitBundle(text).map(({ path }) => path);
    size += gzipSync(text, { level: 9 }).length;
  }
  writeFileSync(join(TABLES, "index.json"), `${JSON.stringify(index, null, 1)}\n`);
  for (const [top, text] of bundles) {
    const packed = gzipSync(text, { level: 9 }).length;
    if (bundles.size < 10 || packed > 4_000)
      console.log(`${top}: ${(text.length / 1000).toFixed(1)} kB, ${(packed / 1000).toFixed(1)} kB gzip`);
  }
  console.log(`${Object.keys(index).length} tables, ${(size / 1000).toFixed(0)} kB gzip together`);
}

interface Origin {
  modules: string[];
  package: string;
  version: string;
  licence: string;
  source: string;
  form: string;
}

function record(tops: readonly string[], name: string, version: string, licence: string): void {
  const file = join(FACTS, "provenance.json");
  const origins: Origin[] = JSON.parse(readFileSync(file, "utf8"));
  const origin: Origin = {
    modules: [...tops],
    package: name,
    version,
    licence,
    source: `https://pypi.org/project/${name}/${version}/`,
    form: "reduced to names, kinds and result types of what is asynchronous or leads to it",
  };
  const others = origins.filter(({ modules }) => !modules.some((one) => tops.includes(one)));
  const [standard = origin, ...packages] = others;
  packages.push(origin);
  packages.sort((a, b) => ((a.modules[0] ?? "") < (b.modules[0] ?? "") ? -1 : 1));
  writeFileSync(file, `${JSON.stringify([standard, ...packages], null, 2)}\n`);
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      package: { type: "string" },
      version: { type: "string" },
      licence: { type: "string" },
      out: { type: "string" },
      open: { type: "boolean" },
      with: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true || positionals.length > 1) {
    console.log(USAGE);
    return values.help === true ? 0 : 2;
  }
  const parser = await createPythonParser(() => performance.now());
  const overlay = readOverlay(parser);
  const [folder] = positionals;
  if (folder === undefined) {
    const known = existsSync(TABLES) ? readdirSync(TABLES).filter((name) => name.endsWith(".pyi.txt")) : [];
    const made = [
      ...readStandardLibrary(parser),
      ...TYPESHED_STUBS.flatMap(([distribution, top]) => readTypeshedStubs(parser, distribution, top)),
    ];
    const anew = new Set(made.map(({ module }) => module.split(".")[0]));
    const kept = known
      .filter((name) => !anew.has(name.slice(0, -".pyi.txt".length)))
      .flatMap((name) => readText(parser, readFileSync(join(TABLES, name), "utf8")));
    const byHand = [...overlay].filter(
      ([top]) => ![...made, ...kept].some(({ module }) => module.split(".")[0] === top),
    );
    writeTables(finishBundles([...made, ...kept, ...byHand.flatMap(([, stubs]) => stubs)], overlay));
    return 0;
  }
  const stubs = readPackages(parser, folder, {
    isOpen: values.open === true,
    sources: values.with ?? null,
    overlay: values.out === undefined ? [...readOverlay(parser).values()].flat() : [],
  });
  const tops = [...new Set(stubs.map(({ module }) => module.split(".")[0] ?? ""))];
  const standard = tops.find((top) => STANDARD_LIBRARY.has(top));
  if (standard !== undefined && values.out === undefined) {
    console.error(
      `${standard} is a module of the standard library; is ${folder} the folder of a package's modules?`,
    );
    return 2;
  }
  if (tops.length === 0) {
    console.error(`nothing asynchronous was found in ${folder}`);
    return 1;
  }
  if (values.out !== undefined) {
    const text = [...toBundles(stubs).values()].join("");
    if (values.out === "-") process.stdout.write(text);
    else writeFileSync(values.out, text);
    return 0;
  }
  if (values.package === undefined || values.version === undefined || values.licence === undefined) {
    console.error(`${USAGE}\nA table needs its provenance: --package, --version and --licence.`);
    return 2;
  }
  writeTables(finishBundles(stubs, overlay));
  record(tops, values.package, values.version, values.licence);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await run();
