import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { toBundles } from "../../scripts/facts/bundles.ts";
import { finishBundles, readOverlay, readText } from "../../scripts/facts/overlay.ts";
import { readPackages } from "../../scripts/facts/package.ts";
import { readStandardLibrary, readTypeshedStubs } from "../../scripts/facts/stdlib.ts";
import { createPythonParser } from "../../src/python/parse.ts";

const TABLES = new URL("../../src/facts/tables/", import.meta.url);
const parser = await createPythonParser(() => performance.now());

function readTable(top: string): string {
  return readFileSync(new URL(`${top}.pyi.txt`, TABLES), "utf8");
}

test("the tables of the standard library are what the generator makes of typeshed", {
  timeout: 60_000,
}, () => {
  const made = [...readStandardLibrary(parser), ...readTypeshedStubs(parser, "aiofiles", "aiofiles")];
  const bundles = finishBundles(made, readOverlay(parser));
  for (const top of [
    "asyncio",
    "builtins",
    "contextlib",
    "typing",
    "collections",
    "unittest",
    "sqlite3",
    "aiofiles",
  ])
    expect(bundles.get(top), top).toBe(readTable(top));
  expect(bundles.size).toBeGreaterThan(180);
});

test("the overlay is in all tables already", { timeout: 60_000 }, () => {
  const overlay = readOverlay(parser);
  for (const top of overlay.keys()) {
    const text = readTable(top);
    expect(finishBundles(readText(parser, text), readOverlay(parser)).get(top), top).toBe(text);
  }
});

test("parameters, type variables and overloads stay where they decide something", () => {
  const contains = (top: string, ...lines: string[]): void => {
    const text = readTable(top)
      .split("\n")
      .map((line) => line.trim());
    for (const line of lines) expect(text).toContain(line);
  };
  contains(
    "asyncio",
    "async def wait_for(fut: _FutureLike[_T], timeout: float | None) -> _T: ...",
    "async def to_thread(func: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R: ...",
    "def gather(*coros_or_futures: _FutureLike[_T], return_exceptions: Literal[False] = ...) -> Future[list[_T]]: ...",
  );
  contains(
    "contextlib",
    "def asynccontextmanager(func: Callable[_P, AsyncIterator[_T_co]]) -> Callable[_P, _AsyncGeneratorContextManager[_T_co]]: ...",
    "async def enter_async_context(self, cm: AbstractAsyncContextManager[_T, _ExitT_co]) -> _T: ...",
  );
  contains("functools", "class partial(Generic[_T]):", "class cached_property(Generic[_T_co]):");
  contains("subprocess", "def run() -> CompletedProcess: ...");
});

/** The table of a source tree given as files. */
function tableOf(files: Readonly<Record<string, string>>, open = false): string {
  const folder = mkdtempSync(join(tmpdir(), "yieldsign-facts-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const stubs = readPackages(parser, folder, { isOpen: open, sources: null, overlay: [] });
  expect(readdirSync(folder).length).toBeGreaterThan(0);
  return [...toBundles(stubs).values()].join("");
}

describe("a table of a source tree", () => {
  test("holds what something asynchronous can be reached from", () => {
    const text = tableOf({
      "pkg/__init__.py":
        'from .client import Client, connect\nfrom ._sync import plain\n__all__ = ["Client", "connect", "plain"]\n',
      "pkg/_sync.py": "def plain(): return 1\nclass Plain: ...\n",
      "pkg/client.py": `
"""Documentation."""
import contextlib
from ._sync import Plain
class Base:
    def close(self):
        self.done = True
class Client(Base):
    def __init__(self, url: str) -> None:
        self.pool = Pool(url)
    async def get(self, key):
        """Documentation."""
        return await self.pool.run(key)
    async def rows(self):
        for row in ():
            yield row
    def names(self): return [1]
    def is_open(self): return not self.done
    def with_key(self, key):
        self.key = key
        return self
    @contextlib.asynccontextmanager
    async def session(self):
        yield self
    @property
    def parent(self) -> "Client": ...
class Pool:
    async def run(self, key: str) -> bytes: ...
def connect(url):
    return Client(url)
def helper(): return Plain()
`,
      "pkg/tests/test_client.py": "async def test(): ...\n",
    });
    expect(text).toBe(`#: package pkg
from .client import Client, connect
#: module pkg.client
import contextlib
from typing import Self
class Base:
  def close(self) -> None: ...
class Client(Base):
  async def get(self): ...
  async def rows(self): yield
  def names(self): ...
  def is_open(self) -> bool: ...
  def with_key(self) -> Self: ...
  @contextlib.asynccontextmanager
  async def session(self): yield
  @property
  def parent(self) -> Client: ...
  pool: Pool
class Pool:
  async def run(self) -> bytes: ...
def connect() -> Client: ...
`);
  });

  test("keeps the parameters that overloads differ in", () => {
    const text = tableOf({
      "pkg/__init__.pyi": `
from typing import Literal, overload
class Stream:
    def __aiter__(self): ...
class Reply: ...
@overload
async def create(model: str, *, stream: Literal[True], temperature: float = ..., top_p: float = ...) -> Stream: ...
@overload
async def create(model: str, *, stream: Literal[False] = ..., temperature: float = ..., top_p: float = ...) -> Reply: ...
`,
    });
    expect(text).toContain("async def create(model: str, *, stream: Literal[True], **_) -> Stream: ...");
    expect(text).toContain(
      "async def create(model: str, *, stream: Literal[False] = ..., **_) -> Reply: ...",
    );
  });

  test("decides conditions for Python 3.13 on Linux and adds the names of other versions", () => {
    const text = tableOf({
      "pkg/__init__.pyi": `
import sys
if sys.version_info >= (3, 13):
    async def new() -> int: ...
    async def both() -> int: ...
else:
    async def old() -> int: ...
    async def both() -> str: ...
if sys.platform == "win32":
    async def windows() -> int: ...
`,
    });
    expect(text).toBe(
      "#: package pkg\nasync def new() -> int: ...\nasync def both() -> int: ...\nasync def old() -> int: ...\n",
    );
  });

  test("of incomplete stubs leaves open what they do not say", () => {
    const text = tableOf({ "pkg/__init__.pyi": "class Cursor:\n    def __aiter__(self): ...\n" }, true);
    expect(text).toContain("  __iter__: Any\n");
  });
});
