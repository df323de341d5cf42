import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yieldsign-kinds-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function run(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "kinds", ...parameters], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

interface Row {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly consumption: string;
  readonly kind: string;
  readonly certainty: string;
  readonly chain: readonly { path: string; line: number; text: string }[];
}

/** "source: consumption kind certainty" of each entry of a one-line-per-expression file. */
function rows(text: string): string[] {
  const lines = text.split("\n");
  const found: Row[] = JSON.parse(run("--format", "json", "a.py").stdout);
  return found.map(({ line, column, endColumn, consumption, kind, certainty }) => {
    const source = lines[line - 1]?.slice(column - 1, endColumn - 1);
    return `${source}: ${consumption} ${kind} ${certainty}`;
  });
}

const LIBRARY = `from contextlib import asynccontextmanager


async def save(x):
    return x


async def rows():
    yield 1


@asynccontextmanager
async def session():
    yield 1


def plain():
    return []
`;

describe("kinds", () => {
  test("lists every way in which an expression is consumed, at the expression itself", () => {
    write("lib.py", LIBRARY);
    const text = `from lib import plain, rows, save, session


async def main(unknown):
    await save(1)
    async for row in rows():
        save(row)
    async with session() as one, session() as two:
        pass
    for x in plain():
        pass
    with session(), unknown.lock:
        pass
    y = save(2)
    task = y
    await task
    await unknown.task
    return [await save(plain()) async for z in rows()], {z for z in unknown}
`;
    write("a.py", text);
    expect(rows(text)).toEqual([
      "save(1): await coroutine certain",
      "rows(): async for async-generator certain",
      "save(row): statement coroutine certain",
      "session(): async with async-context-manager certain",
      "session(): async with async-context-manager certain",
      "plain(): for sync certain",
      "session(): with async-context-manager certain",
      "unknown.lock: with unknown unknown",
      "save(2): value coroutine certain",
      "task: await coroutine certain",
      "unknown.task: await unknown unknown",
      "save(plain()): await coroutine certain",
      "plain(): value sync certain",
      "rows(): async for async-generator certain",
      "unknown: for unknown unknown",
    ]);
  });

  test("calls used as values: arguments, returned, assigned, decorators, in displays and lambdas", () => {
    const text = `import asyncio


def deco(f):
    return f


@deco(1)
async def save(x=len("a")):
    x = save(1)
    y: int = asyncio.gather(save(2))
    f"{save(3)}"
    (lambda: save(4))
    return save(5) or save
`;
    write("a.py", text);
    expect(rows(text).map((row) => row.replace(/ \S+ \S+$/, ""))).toEqual([
      "deco(1): value",
      'len("a"): value',
      "save(1): value",
      "asyncio.gather(save(2)): value",
      "save(2): value",
      "save(3): value",
      "save(4): value",
      "save(5): value",
    ]);
  });

  test("counts columns in UTF-16 units and writes paths of the project", () => {
    write("pyproject.toml", "");
    write("app/lib.py", "async def save(x):\n    return x\n");
    write(
      "app/a.py",
      'from app.lib import save\n\n\nasync def main():\n    "𝄞é"; await (save(\n        1))\n',
    );
    expect(JSON.parse(run("--format", "json", "app/a.py").stdout)).toEqual([
      {
        path: "app/a.py",
        line: 5,
        column: 19,
        endLine: 6,
        endColumn: 11,
        consumption: "await",
        kind: "coroutine",
        certainty: "certain",
        chain: [
          { path: "app/a.py", line: 1, text: "`save` is imported from `app.lib`" },
          {
            path: "app/lib.py",
            line: 1,
            text: "`save` is a coroutine function: `async def` without `yield`",
          },
        ],
      },
    ]);
  });

  test("the text says how it is known, or what could not be followed", () => {
    write("lib.py", LIBRARY);
    write(
      "a.py",
      "import nowhere\nfrom lib import save\n\n\nasync def main():\n    await save(nowhere.x())\n",
    );
    expect(run("a.py")).toEqual({
      status: 0,
      stdout: [
        "a.py:6:11: await `save(nowhere.x())`: coroutine, certain",
        "    a.py:2: `save` is imported from `lib`",
        "    lib.py:4: `save` is a coroutine function: `async def` without `yield`",
        "a.py:6:16: value `nowhere.x()`: unknown",
        "    module is not known: nowhere",
        "",
      ].join("\n"),
      stderr: "",
    });
  });

  test("names near a syntax error are not judged", () => {
    write("a.py", "async def save():\n    pass\n\n\nasync def main():\n    x = = save()\n");
    const { status, stdout } = run("a.py");
    expect(status).toBe(0);
    expect(stdout).toContain("it stands near a syntax error");
  });

  test("refuses what it cannot do in one line", () => {
    expect(run("--format", "jsno")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "yieldsign: there is no format jsno; did you mean json?\n",
    });
    expect(run("nowhere.py").status).toBe(2);
    expect(run().stderr).toBe("yieldsign: no Python files to read\n");
    expect(run("--help").stdout).toMatch(/^Show what is known/);
  });
});
