import { describe } from "vitest";
import { MAYBE_COROUTINE, type StudyCase, study } from "./known-call.ts";

/** The decorator's definition, then an asynchronous function under it that is called. */
const asynchronous = (before: string, decorator: string): string =>
  `${before}\n@${decorator}\nasync def f(x=1):\n    return 1\n\n\nf()\n`;

/** The same with a plain function. */
const synchronous = (before: string, decorator: string): string =>
  asynchronous(before, decorator).replace("async def f(x=1)", "def f(x=1)");

const WRAPPING = (inner: string, body: string): string => `
def deco(fn):
    @functools.wraps(fn)
    ${inner} wrapper(*args, **kwargs):
        ${body}
    return wrapper
`;

describe("decorators that are not known are silent", () => {
  const cases: StudyCase[] = [
    ["of an unknown library", "nothing", asynchronous("from lib import wrap\n", "wrap")],
    ["a factory of an unknown library", "nothing", asynchronous("import lib\n", "lib.wrap(1)")],
    ["a name that is nowhere", "nothing", asynchronous("", "wrap")],
    ["a method of an unknown object", "nothing", asynchronous("app = make()\n", "app.command()")],
    ["a plain function under one", "nothing", synchronous("from lib import wrap\n", "wrap")],
    [
      "above a known one",
      "nothing",
      "from lib import wrap\n@wrap\n@contextlib.asynccontextmanager\nasync def f():\n    yield 1\nf()\n",
    ],
    [
      "below a known one",
      "nothing",
      "from lib import wrap\n@contextlib.asynccontextmanager\n@wrap\nasync def f():\n    yield 1\nf()\n",
    ],
    [
      "on a method",
      "nothing",
      "from lib import wrap\nclass A:\n    @wrap\n    async def f(self): return 1\nA().f()\n",
    ],
    [
      "on a class",
      "nothing or coroutine?",
      "from lib import wrap\n@wrap\nclass A:\n    async def f(self): return 1\nA().f()\n",
    ],
    [
      "that a file defines in two ways",
      "nothing",
      asynchronous(
        "if unknown:\n    def deco(fn): return fn\nelse:\n    def deco(fn): return make(fn)\n",
        "deco",
      ),
    ],
    ["click's command", "nothing", asynchronous("import click\n", "click.command()")],
    ["celery's task", "nothing", asynchronous("from celery import shared_task\n", "shared_task")],
  ];
  study(cases);
});

describe("decorators that keep the kind", () => {
  const cases: StudyCase[] = [
    ["functools.cache", "coroutine", asynchronous("", "functools.cache")],
    ["functools.lru_cache with a size", "coroutine", asynchronous("", "functools.lru_cache(maxsize=2)")],
    ["functools.wraps", "coroutine", asynchronous("", "functools.wraps(plain)")],
    ["pytest.mark", "coroutine", asynchronous("import pytest\n", "pytest.mark.asyncio")],
    [
      "tenacity.retry",
      "coroutine or coroutine?",
      asynchronous("from tenacity import retry\n", "retry(stop=1)"),
    ],
    ["backoff", "coroutine or coroutine?", asynchronous("import backoff\n", "backoff.on_exception(1, 2)")],
    [
      "warnings.deprecated",
      "coroutine",
      asynchronous("from warnings import deprecated\n", 'deprecated("x")'),
    ],
    [
      "FastAPI's routes",
      "coroutine or coroutine?",
      asynchronous("from fastapi import FastAPI\napp = FastAPI()\n", 'app.get("/")'),
    ],
    [
      "FastAPI's routers",
      "coroutine or coroutine?",
      asynchronous("from fastapi import APIRouter\nrouter = APIRouter()\n", 'router.post("/")'),
    ],
    [
      "by body: returns what it gets",
      "coroutine or coroutine?",
      asynchronous("def deco(fn):\n    ALL.append(fn)\n    return fn\n", "deco"),
    ],
    ["by body: a lambda", "coroutine or coroutine?", asynchronous("deco = lambda fn: fn\n", "deco")],
    [
      "by body: a plain wrapper that returns the call",
      "coroutine or coroutine?",
      asynchronous(WRAPPING("def", "return fn(*args, **kwargs)"), "deco"),
    ],
    [
      "by body: a plain wrapper around a plain function",
      "sync or sync? or nothing",
      synchronous(WRAPPING("def", "return fn(*args, **kwargs)"), "deco"),
    ],
    [
      "by body: an asynchronous wrapper",
      "coroutine or coroutine?",
      asynchronous(WRAPPING("async def", "return await fn(*args, **kwargs)"), "deco"),
    ],
    [
      "by body: a factory",
      "coroutine or coroutine?",
      asynchronous("def deco(n):\n    def inner(fn):\n        return fn\n    return inner\n", "deco(3)"),
    ],
    [
      "by body: with or without arguments",
      "coroutine or coroutine? or nothing",
      asynchronous(
        "def deco(fn=None, *, n=1):\n    def inner(fn):\n        return fn\n    if fn is None:\n        return inner\n    return inner(fn)\n",
        "deco",
      ),
    ],
    [
      "by body: a method of a module-level object",
      "coroutine or coroutine?",
      asynchronous(
        "class Registry:\n    def add(self, fn):\n        return fn\nregistry = Registry()\n",
        "registry.add",
      ),
    ],
    [
      "by body: a factory method of an object",
      "coroutine or coroutine?",
      asynchronous(
        "class Registry:\n    def add(self, name):\n        def inner(fn):\n            self.all[name] = fn\n            return fn\n        return inner\nregistry = Registry()\n",
        'registry.add("x")',
      ),
    ],
    [
      "by body: a class whose objects are called with the function",
      "coroutine or coroutine?",
      asynchronous(
        "class Retry:\n    def __init__(self, n): self.n = n\n    def __call__(self, fn): return fn\n",
        "Retry(3)",
      ),
    ],
    [
      "by signature: `Callable[P, R] -> Callable[P, R]`",
      "coroutine or coroutine?",
      asynchronous("def deco(fn: Callable[P, R]) -> Callable[P, R]: return make(fn)\n", "deco"),
    ],
    [
      "by signature: `Callable[P, Awaitable[R]] -> Callable[P, Awaitable[R]]`",
      "awaitable or awaitable? or coroutine or coroutine?",
      asynchronous(
        "def deco(fn: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]: return make(fn)\n",
        "deco",
      ),
    ],
    [
      "by signature: `F -> F`",
      "coroutine or coroutine?",
      asynchronous(
        'F = TypeVar("F", bound=Callable[..., Any])\ndef deco(fn: F) -> F: return make(fn)\n',
        "deco",
      ),
    ],
    [
      "by signature: a factory",
      "coroutine or coroutine?",
      asynchronous(
        "def deco(n: int) -> Callable[[Callable[P, R]], Callable[P, R]]: return make(n)\n",
        "deco(3)",
      ),
    ],
    [
      "by signature: a factory of `F -> F`",
      "coroutine or coroutine?",
      asynchronous(
        'F = TypeVar("F", bound=Callable[..., Any])\ndef deco(n: int) -> Callable[[F], F]: return make(n)\n',
        "deco(3)",
      ),
    ],
    [
      "from another file",
      "coroutine or coroutine?",
      asynchronous("from app.deco import deco\n", "deco"),
      { files: { "app/__init__.py": "", "app/deco.py": "def deco(fn):\n    return fn\n" } },
    ],
    [
      "two of them",
      "coroutine or coroutine?",
      "def a(fn): return fn\ndef b(n): return a\n@a\n@b(1)\nasync def f(): return 1\nf()\n",
    ],
  ];
  study(cases);
});

describe("decorators that change the kind", () => {
  const cases: StudyCase[] = [
    [
      "by body: a plain wrapper that runs the coroutine",
      "nothing or sync or sync?",
      asynchronous(WRAPPING("def", "return asyncio.run(fn(*args, **kwargs))"), "deco"),
    ],
    [
      "by body: a plain wrapper that returns a number",
      "sync or sync?",
      asynchronous(WRAPPING("def", "fn()\n        return 1"), "deco"),
    ],
    [
      "by body: an asynchronous wrapper around a plain function",
      "coroutine or coroutine?",
      synchronous(WRAPPING("async def", "return fn(*args)"), "deco"),
    ],
    [
      "by body: an asynchronous generator as wrapper",
      "async-generator or async-generator?",
      asynchronous(WRAPPING("async def", "yield await fn(*args)"), "deco"),
    ],
    [
      "by body: one of two wrappers",
      "nothing or coroutine or coroutine?",
      asynchronous(
        "def deco(fn):\n    if asyncio.iscoroutinefunction(fn):\n        async def a(*x): return await fn(*x)\n        return a\n    def b(*x): return 1\n    return b\n",
        "deco",
      ),
    ],
    [
      "by body: an object",
      "sync or sync? or nothing",
      asynchronous(
        "class Task:\n    def __init__(self, fn): self.fn = fn\n    def __call__(self, *a): return 1\n",
        "Task",
      ),
    ],
    [
      "by body: an object with an asynchronous `__call__`",
      "coroutine or coroutine?",
      synchronous(
        "class Task:\n    def __init__(self, fn): self.fn = fn\n    async def __call__(self, *a): return 1\n",
        "Task",
      ),
    ],
    [
      "by body: a method of such an object",
      "sync or sync?",
      "class Task:\n    def __init__(self, fn): self.fn = fn\n    def delay(self, *a): return 1\n@Task\nasync def f(): return 1\nf.delay()\n",
    ],
    [
      "by signature: `Callable[P, Coroutine[.., R]] -> Callable[P, R]`",
      "sync? or nothing or sync",
      asynchronous(
        "def deco(fn: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, R]: return make(fn)\n",
        "deco",
      ),
    ],
    [
      "by signature: `Callable[P, R] -> Callable[P, Coroutine[.., R]]`",
      "coroutine or coroutine?",
      synchronous(
        "def deco(fn: Callable[P, R]) -> Callable[P, Coroutine[Any, Any, R]]: return make(fn)\n",
        "deco",
      ),
    ],
    [
      "by signature: `Callable[..., Any]`",
      "nothing",
      asynchronous("def deco(fn) -> Callable[..., Any]: return make(fn)\n", "deco"),
    ],
    ["by signature: `Any`", "nothing", asynchronous("def deco(fn) -> Any: return make(fn)\n", "deco")],
    [
      "asgiref's sync_to_async",
      "coroutine or coroutine?",
      synchronous("from asgiref.sync import sync_to_async\n", "sync_to_async"),
    ],
    [
      "asgiref's async_to_sync",
      "sync or sync? or nothing",
      asynchronous("from asgiref.sync import async_to_sync\n", "async_to_sync"),
    ],
    [
      "a name that is decorated later",
      "nothing or sync or sync?",
      "def deco(fn):\n    def inner(*a): return 1\n    return inner\nasync def f(): return 1\nf = deco(f)\nf()\n",
    ],
    [
      "a name that is decorated later, used in a function",
      `sync or sync? or ${MAYBE_COROUTINE}`,
      "def deco(fn):\n    def inner(*a): return 1\n    return inner\nasync def f(): return 1\nf = deco(f)\ndef g():\n    f()\n",
    ],
    [
      "a fixture is not callable",
      "nothing",
      "import pytest\n@pytest.fixture\nasync def f(): return 1\nf()\n",
    ],
    [
      "a class decorator that returns another class",
      "nothing or sync",
      "class Other:\n    def f(self): return 1\ndef deco(cls): return Other\n@deco\nclass A:\n    async def f(self): return 1\nA().f()\n",
    ],
    [
      "a class decorator that returns the class",
      "coroutine or coroutine?",
      "def deco(cls):\n    ALL.append(cls)\n    return cls\n@deco\nclass A:\n    async def f(self): return 1\nA().f()\n",
    ],
  ];
  study(cases);
});

describe("functions without a `def` of their own", () => {
  const cases: StudyCase[] = [
    ["partial", "coroutine", "functools.partial(load, 1)()\n"],
    ["partial in a name", "coroutine", "go = functools.partial(load, 1)\ngo()\n"],
    ["partial of a method", "coroutine", "go = functools.partial(Repo().save)\ngo()\n"],
    ["partial of something unknown", "nothing", "def f(x):\n    functools.partial(x, 1)()\n"],
    ["partial of a plain function", "sync", "functools.partial(plain)()\n"],
    ["partial itself is no coroutine", "nothing or sync", "functools.partial(load, 1)\n"],
    [
      "partialmethod",
      "nothing or coroutine",
      "class A:\n    async def f(self, x): return x\n    g = functools.partialmethod(f, 1)\nA().g()\n",
    ],
    ["lambda", "coroutine or coroutine?", "go = lambda: load()\ngo()\n"],
    ["lambda with a parameter", "coroutine or coroutine?", "go = lambda repo: repo.save()\ngo(Repo())\n"],
    ["lambda with an unknown parameter", "nothing", "go = lambda repo: repo.save()\ndef f(x):\n    go(x)\n"],
    ["lambda that is called at once", "coroutine or coroutine?", "(lambda: load())()\n"],
    ["an alias of a function", "coroutine", "go = load\ngo()\n"],
    ["an alias of a method", "coroutine", "class A:\n    async def f(self): return 1\n    g = f\nA().g()\n"],
    ["a bound method in a name", "coroutine", "save = Repo().save\nsave()\n"],
    ["an unbound method", "coroutine", "Repo.save(Repo())\n"],
    ["a function in a dict", "coroutine or nothing", 'TABLE = {"a": load}\nTABLE["a"]()\n'],
    ["functions of two kinds in a dict", MAYBE_COROUTINE, 'TABLE = {"a": load, "b": plain}\nTABLE["a"]()\n'],
    ["one of two functions", MAYBE_COROUTINE, "def f(x):\n    (load if x else plain)()\n"],
    ["one of two coroutine functions", "coroutine", "def f(x):\n    (load if x else Repo().save)()\n"],
  ];
  study(cases);
});
