import { describe, expect, test } from "vitest";
import { lastCall } from "./evaluate-source.ts";

const REPO =
  "async def load():\n    return 1\n\n\nclass Repo:\n    async def save(self):\n        return 1\n";

/** The kind of what is certain. */
function kind(files: Readonly<Record<string, string>>, path: string): string {
  const { value } = lastCall(files, path);
  return (value.doubts ?? 0) === 0 ? value.kind : "unknown";
}

describe("a module is found", () => {
  test.each([
    ["beside the root", "app/repo.py", "main.py", "from app.repo import load\nload()\n"],
    ["in src", "src/app/repo.py", "tests/test_a.py", "from app.repo import load\nload()\n"],
    [
      "in a service of a monorepo",
      "services/api/src/app/repo.py",
      "services/api/tests/test_a.py",
      "from app.repo import load\nload()\n",
    ],
    ["relative to the importer", "app/repo.py", "app/api.py", "from .repo import load\nload()\n"],
    ["two levels up", "app/repo.py", "app/sub/api.py", "from ..repo import load\nload()\n"],
    ["as an attribute of its package", "app/repo.py", "main.py", "import app.repo\napp.repo.load()\n"],
    ["under another name", "app/repo.py", "main.py", "import app.repo as store\nstore.load()\n"],
    ["in a function", "app/repo.py", "main.py", "def f():\n    from app.repo import load\n    load()\n"],
    ["by a star import", "app/repo.py", "main.py", "from app.repo import *\nload()\n"],
  ])("%s", (_, target, path, text) => {
    expect(kind({ [target]: REPO, [path]: text }, path)).toBe("coroutine");
  });

  test("through re-exports of packages", () => {
    const files = {
      "app/__init__.py": "from .store import Repo as Store\n",
      "app/store/__init__.py": "from app.store.repo import *\n",
      "app/store/repo.py": REPO,
    };
    expect(kind({ ...files, "main.py": "from app import Store\nStore().save()\n" }, "main.py")).toBe(
      "coroutine",
    );
  });
});

describe("nothing is claimed", () => {
  test.each([
    [
      "about a module that two places could be",
      { "a/x/repo.py": REPO, "b/x/repo.py": REPO, "main.py": "from x.repo import load\nload()\n" },
    ],
    [
      "about a name of the standard library that the repository has too",
      { "queue.py": REPO, "main.py": "from queue import load\nload()\n" },
    ],
    ["about an unknown library", { "main.py": "from unknown import load\nload()\n" }],
    ["about a broken file", { "repo.py": `${REPO}\ndef (:\n`, "main.py": "from repo import load\nload()\n" }],
    [
      "behind an unknown star import",
      { "repo.py": REPO, "main.py": "from repo import *\nfrom unknown import *\nload()\n" },
    ],
    ["about a parameter of the same name", { "main.py": `${REPO}\n\ndef f(load):\n    load()\n` }],
    [
      "about a function that is defined twice in different kinds",
      { "main.py": "if x:\n    async def f(): ...\nelse:\n    def f(): ...\nf()\n" },
    ],
    [
      "about a function under an unknown decorator",
      { "main.py": "from lib import wrap\n\n\n@wrap\nasync def f():\n    return 1\n\n\nf()\n" },
    ],
    [
      "about a patched name",
      {
        "main.py": `${REPO}\n\ndef test(monkeypatch):\n    monkeypatch.setattr("app.load", fake)\n    load()\n`,
      },
    ],
    [
      "about a tested name",
      {
        "main.py": `import inspect\n\n${REPO}\n\ndef f():\n    if inspect.iscoroutinefunction(load):\n        pass\n    load()\n`,
      },
    ],
    [
      "about a method that a subclass makes plain",
      {
        "main.py":
          "class A:\n    async def f(self): return 1\n    def g(self):\n        self.f()\n\n\nclass B(A):\n    def f(self): return 1\n    def h(self):\n        pass\n",
      },
    ],
    [
      "about the other place of a tuple",
      {
        "main.py": `${REPO}\n\ndef f(pair: tuple[Repo, unknown.Thing]):\n    r, thing = pair\n    thing.save()\n`,
      },
    ],
    [
      "about the items of a tuple of several types",
      {
        "main.py": `${REPO}\n\nclass Plain:\n    def save(self): ...\n\n\ndef f(pair: tuple[Repo, Plain]):\n    for r in pair:\n        r.save()\n`,
      },
    ],
    [
      "about a class with a base that is not known",
      { "main.py": "from lib import Base\n\n\nclass A(Base):\n    pass\n\n\nA().f()\n" },
    ],
  ])("%s", (_, files) => {
    expect(kind(files as Record<string, string>, "main.py")).toBe("unknown");
  });
});

describe("the kind is kept or changed by", () => {
  const PRELUDE = "import contextlib, functools\n\n";
  test.each([
    [
      "a decorator that returns the function",
      "def deco(f):\n    register(f)\n    return f\n\n\n@deco\nasync def f():\n    return 1\n\n\nf()\n",
      "coroutine",
    ],
    [
      "a decorator whose wrapper is asynchronous",
      "def deco(f):\n    @functools.wraps(f)\n    async def inner(*a):\n        return f(*a)\n    return inner\n\n\n@deco\ndef f():\n    return 1\n\n\nf()\n",
      "coroutine",
    ],
    [
      "a decorator whose wrapper is plain",
      "def deco(f):\n    def inner(*a):\n        return 1\n    return inner\n\n\n@deco\nasync def f():\n    return 1\n\n\nf()\n",
      "instance",
    ],
    [
      "a decorator factory",
      "def retry(n):\n    def deco(f):\n        async def inner(*a):\n            return await f(*a)\n        return inner\n    return deco\n\n\n@retry(3)\nasync def f():\n    return 1\n\n\nf()\n",
      "coroutine",
    ],
    ["a cache", "@functools.lru_cache\nasync def f():\n    return 1\n\n\nf()\n", "coroutine"],
    [
      "asynccontextmanager",
      "@contextlib.asynccontextmanager\nasync def f():\n    yield 1\n\n\nf()\n",
      "async-context-manager",
    ],
    [
      "a static method",
      "class A:\n    @staticmethod\n    async def f():\n        return 1\n\n\nA.f()\n",
      "coroutine",
    ],
    ["delegation", "async def g():\n    return 1\n\n\ndef f():\n    return g()\n\n\nf()\n", "coroutine"],
    [
      "super()",
      "class A:\n    async def f(self):\n        return 1\n\n\nclass B(A):\n    def f(self):\n        super().f()\n",
      "coroutine",
    ],
  ])("%s", (_, text, expected) => {
    expect(kind({ "main.py": PRELUDE + text }, "main.py")).toBe(expected);
  });
});

describe("a receiver is known by", () => {
  test.each([
    ["its construction", "r = Repo()\nr.save()\n"],
    ["its annotation", "def f(r: Repo):\n    r.save()\n"],
    ["a quoted, optional annotation", 'def f(r: "Repo | None" = None):\n    r.save()\n'],
    [
      "Optional and Annotated",
      "from typing import Annotated, Optional\n\n\ndef f(r: Annotated[Optional[Repo], 1]):\n    r.save()\n",
    ],
    [
      "an attribute",
      "class A:\n    def __init__(self):\n        self.r = Repo()\n\n    def f(self):\n        self.r.save()\n",
    ],
    [
      "an attribute's parameter",
      "class A:\n    def __init__(self, r: Repo):\n        self.r = r\n\n    def f(self):\n        self.r.save()\n",
    ],
    ["a return annotation", "def make() -> Repo: ...\n\n\nmake().save()\n"],
    ["what a factory returns", "def make():\n    return Repo()\n\n\nmake().save()\n"],
    ["the items of a list", "def f(all: list[Repo]):\n    for r in all:\n        r.save()\n"],
    [
      "what a context manager gives",
      "from contextlib import contextmanager\n\n\n@contextmanager\ndef opened():\n    yield Repo()\n\n\nwith opened() as r:\n    r.save()\n",
    ],
    [
      "an awaited result",
      "async def make():\n    return Repo()\n\n\nasync def f():\n    r = await make()\n    r.save()\n",
    ],
    ["the last of several bindings", "r = None\nr = Repo()\nr.save()\n"],
    [
      "its place in a tuple",
      "class Plain:\n    def save(self): return 1\n\n\ndef f(pair: tuple[Plain, Repo]):\n    plain, r = pair\n    r.save()\n",
    ],
    [
      "its place in a returned Tuple",
      "from typing import Tuple\n\n\ndef g() -> Tuple[int, Repo]: ...\n\n\n_, r = g()\nr.save()\n",
    ],
    [
      "the items of a tuple of any length",
      "def f(all: tuple[Repo, ...]):\n    for r in all:\n        r.save()\n",
    ],
    [
      "a generic class",
      "from typing import Generic, TypeVar\n\nT = TypeVar('T')\n\n\nclass Box(Generic[T]):\n    def get(self) -> T: ...\n\n\ndef f(box: Box[Repo]):\n    box.get().save()\n",
    ],
  ])("%s", (_, text) => {
    expect(kind({ "main.py": `${REPO}\n\n${text}` }, "main.py")).toBe("coroutine");
  });
});
