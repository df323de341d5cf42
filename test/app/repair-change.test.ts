import { describe, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { type RepairedChange, type RepairInput, repairChange } from "../../src/app/repair-change.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";

const analyser = await createAnalyser();

type Texts = Readonly<Record<string, string | Uint8Array>>;

function sources(texts: Texts) {
  const files = Object.entries(texts).map(
    ([path, text]) => [path, { id: `${path} ${String(text)}`, bytes: Buffer.from(text) }] as const,
  );
  return new Map(files);
}

/** Repairs what `head` has and `base` has not, in the changed files; others only are there. */
async function repair(
  base: Texts,
  head: Texts,
  { others = {}, ...more }: { others?: Texts } & Partial<RepairInput> = {},
): Promise<RepairedChange & { readonly texts: Readonly<Record<string, string>> }> {
  const check = (texts: Texts) => {
    const files = sources({ ...others, ...texts });
    const tree = { paths: [...files.keys()], read: (path: string) => files.get(path) };
    return { files, reports: analyser.check(tree, Object.keys(texts)).reports };
  };
  const before = check(base).reports;
  const { files, reports } = check(head);
  const reviewed = reports.map((report) => {
    const old = before.find(({ path }) => path === report.path) ?? null;
    return {
      path: report.path,
      head: report,
      base: old,
      hunks: diffTexts(old?.text ?? "", report.text ?? ""),
    };
  });
  const codes = new Map(
    reviewed.map(({ path, head: { diagnostics } }) => [path, diagnostics.map(({ code }) => code)]),
  );
  const locked = new Map<string, string>();
  const settled = new Set<string>();
  const input = { paths: [...files.keys()], files, reviewed, codes, settled, locked, maxBytes: 1e6 };
  // The input crosses threads.
  const repaired = await repairChange(analyser, structuredClone({ ...input, ...more }));
  const texts = [...repaired.files].map(([path, bytes]) => [path, Buffer.from(bytes).toString("utf8")]);
  return { ...structuredClone(repaired), texts: Object.fromEntries(texts) };
}

const SAVE = "async def save(row):\n    return row\n\n\n";
const DEFECT = `${SAVE}async def main():\n    save(1)\n    save(2)\n`;
const GOOD = `${SAVE}async def main():\n    await save(1)\n    await save(2)\n`;

describe("a change is repaired", () => {
  test("with all certain repairs, and each is told with its place", async () => {
    const { texts, repaired, leftOut, obstacles } = await repair({ "a.py": SAVE }, { "a.py": DEFECT });
    expect(texts).toEqual({ "a.py": GOOD });
    expect(repaired).toEqual([
      { path: "a.py", line: 6, code: "YS106", rule: "missing-await" },
      { path: "a.py", line: 7, code: "YS106", rule: "missing-await" },
    ]);
    expect({ leftOut, obstacles: obstacles.size }).toEqual({ leftOut: 0, obstacles: 0 });
  });

  test("but not what the base has already, and nothing in files that are not part of it", async () => {
    const old = `${SAVE}async def main():\n    save(1)\n`;
    const { texts, repaired } = await repair(
      { "a.py": old },
      { "a.py": DEFECT },
      { others: { "b.py": DEFECT } },
    );
    expect(texts).toEqual({ "a.py": `${SAVE}async def main():\n    save(1)\n    await save(2)\n` });
    expect(repaired.map(({ line }) => line)).toEqual([7]);
  });

  test("of the rules that are asked for alone; the others' findings stay", async () => {
    const both = `${SAVE}async def rows():\n    yield 1\n\n\nasync def main():\n    for row in rows():\n        save(row)\n`;
    const { texts, repaired, leftOut } = await repair(
      {},
      { "a.py": both, "b.py": both },
      { codes: new Map([["a.py", ["YS106"]]]) },
    );
    expect(texts).toEqual({ "a.py": both.replace("        save", "        await save") });
    expect(repaired.map(({ code }) => code)).toEqual(["YS106"]);
    expect(leftOut).toBe(0);
  });

  test("with line ends, byte order mark and a missing last line end as they were", async () => {
    const crlf = `\uFEFF${DEFECT.replaceAll("\n", "\r\n").trimEnd()}`;
    const { texts } = await repair({}, { "a.py": crlf });
    expect(texts).toEqual({ "a.py": `\uFEFF${GOOD.replaceAll("\n", "\r\n").trimEnd()}` });
  });

  test("and a file in another encoding is left alone, byte for byte", async () => {
    const latin = Buffer.from(`# -*- coding: latin-1 -*-\n# caf\u00e9\n${DEFECT}`, "latin1");
    const { texts, repaired } = await repair({}, { "a.py": latin, "b.py": DEFECT });
    expect(Object.keys(texts)).toEqual(["b.py"]);
    expect(repaired.map(({ path }) => path)).toEqual(["b.py", "b.py"]);
  });

  test("where repairs overlap, pass by pass", async () => {
    const nested = `${SAVE}async def rows():\n    yield 1\n\n\nasync def main():\n    for row in rows():\n        save(save(row))\n`;
    const { texts } = await repair({}, { "a.py": nested });
    expect(texts["a.py"]).toContain("    async for row in rows():\n        await save(");
  });

  test("across files that depend on each other, so that nothing new is found", async () => {
    const repo = "async def rows():\n    yield 1\n\n\nasync def save(row):\n    return row\n";
    const service = "from repo import save\n\n\nasync def store(row):\n    save(row)\n";
    const api =
      "from repo import rows\nfrom service import store\n\n\nasync def main():\n    for row in rows():\n        store(row)\n";
    const { texts, repaired } = await repair({}, { "repo.py": repo, "service.py": service, "api.py": api });
    expect(texts).toEqual({
      "service.py": service.replace("    save", "    await save"),
      "api.py": api.replace("for row", "async for row").replace("store(row)\n", "await store(row)\n"),
    });
    expect(repaired).toHaveLength(3);
    const files = sources({ "repo.py": repo, ...texts });
    const tree = { paths: [...files.keys()], read: (path: string) => files.get(path) };
    expect(analyser.check(tree, [...files.keys()]).reports.flatMap(({ diagnostics }) => diagnostics)).toEqual(
      [],
    );
  });

  test("but for files that must not be written, with the reason", async () => {
    const locked = new Map([["a.py", "it is executable"]]);
    const { texts, obstacles } = await repair({}, { "a.py": DEFECT, "b.py": DEFECT }, { locked });
    expect(Object.keys(texts)).toEqual(["b.py"]);
    expect(obstacles).toEqual(locked);
  });

  test("up to a size; what is beyond is named", async () => {
    const { texts, obstacles } = await repair(
      {},
      { "a.py": DEFECT, "b.py": DEFECT },
      { maxBytes: DEFECT.length + 10 },
    );
    expect(Object.keys(texts)).toEqual(["a.py"]);
    expect(obstacles).toEqual(new Map([["b.py", "the change is too large for one commit"]]));
  });
});

test("a repair that is right only on new lines is not made on old ones", async () => {
  const api = "from repo import count\n\n\nasync def main():\n    print(await count())\n";
  const base = { "repo.py": "async def count():\n    return 1\n", "api.py": api };
  const head = { ...base, "repo.py": "def count():\n    return 1\n" };
  expect((await repair(base, head)).texts).toEqual({});
  expect((await repair({ "repo.py": base["repo.py"] }, head)).texts).toEqual({
    "api.py": api.replace("await count()", "count()"),
  });
});
