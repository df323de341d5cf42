import { existsSync, readFileSync } from "node:fs";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { describe, expect, test } from "vitest";
import { RULES } from "../../src/rules/index.ts";

const docs = new URL("../../docs/", import.meta.url);
const page = readFileSync(new URL("coming-from.md", docs), "utf8");

test.each(RULES)("$code $name is on the page", ({ code, name }) => {
  const message = `docs/coming-from.md does not mention ${code}: add a row, or put it below “no counterpart”`;
  expect(page.includes(`[${code}](rules/${name}.md)`), message).toBe(true);
});

test("every rule of ours on the page exists under this name", () => {
  const names = new Map(RULES.map(({ code, name }) => [code, name] as const));
  const links = [...page.matchAll(/\[(YS\d+)\]\(rules\/([\w-]+)\.md\)/g)];
  for (const [link, code = "", name] of links) expect(name, link).toBe(names.get(code));
  for (const { name } of RULES) expect(existsSync(new URL(`rules/${name}.md`, docs)), name).toBe(true);
  const outside = page.replace(/\[YS\d+\]\(/g, "(").match(/YS\d+/g) ?? [];
  for (const code of outside) expect(names.has(code), code).toBe(true);
});

test("tables have as many cells as columns in every row", () => {
  for (const table of page.match(/(?:^\|.*\n)+/gm) ?? []) {
    const rows = table.trim().split("\n");
    const widths = new Set(rows.map((row) => row.split("|").length));
    expect(widths.size, rows[0]).toBe(1);
  }
});

describe("codes of ruff on the page", () => {
  /** What each of them reports, in one file. */
  const SAMPLE = `import asyncio, os, subprocess, time
from functools import lru_cache
import httpx, requests, trio

async def main(client: httpx.Client, timeout=1):
    time.sleep(1); open("x"); input(); os.path.exists("x"); os.wait()
    subprocess.run(["x"]); subprocess.Popen(["x"]); requests.get("x"); client.get("x")
    with trio.move_on_after(2):
        print(1)
    trio.sleep(1)
    asyncio.create_task(main())
    await trio.sleep(0)
    await trio.sleep(86401)
    while True:
        await trio.sleep(1)

async def rows():
    async with trio.open_nursery() as nursery:
        yield 1
    yield from [1]
    return 3

def plain():
    try:
        await main()
    except:
        yield 1
    try:
        yield 1
    except BaseException:
        pass
    raise StopIteration

async def idle():
    return 1

class Cached:
    @lru_cache
    async def load(self): return 1

await main()
`;

  /** "ASYNC251" for every row that says so: the column “In ruff”, or the table of ruff's other rules. */
  function codesOfRuff(): string[] {
    const other = page.split("\n## Other rules of ruff")[1]?.split("\n## ")[0] ?? "";
    const inRuff = [...page.matchAll(/^\| (ASYNC\d+) \| [\w-]+ \| yes \|/gm)].map((match) => match[1] ?? "");
    const others = [...other.matchAll(/^\| ([A-Z0-9, ]+) \|/gm)].flatMap(
      (match) => match[1]?.split(", ") ?? [],
    );
    return [...inRuff, ...others];
  }

  test("there are some", () => {
    expect(codesOfRuff().length).toBeGreaterThan(20);
  });

  test.each(codesOfRuff())("%s reports its code in the sample", (code) => {
    const workspace = new Workspace({ lint: { preview: true, select: [code] } }, PositionEncoding.Utf16);
    expect(workspace.check(SAMPLE).length).toBeGreaterThan(0);
  });
});
