import { describe } from "vitest";
import { MAYBE_COROUTINE, type StudyCase, study } from "./known-call.ts";

describe("overrides", () => {
  const BASE = "class Base:\n    async def f(self): return 1\n    def g(self):\n        return 1\n";
  const CHILD = (method: string): string => `class Child(Base):\n    ${method}\n`;
  const USER = "def use(x: Base):\n    x.f()\n";
  const cases: StudyCase[] = [
    ["none", "coroutine", `${BASE}${USER}`],
    ["of the same kind", "coroutine", `${BASE}${CHILD("async def f(self): return 2")}${USER}`],
    ["that are plain", MAYBE_COROUTINE, `${BASE}${CHILD("def f(self): return 2")}${USER}`],
    [
      "that are plain and return an awaitable",
      "coroutine",
      `${BASE}${CHILD("def f(self): return load()")}${USER}`,
    ],
    [
      "that are annotated as awaitable",
      "coroutine",
      `${BASE}${CHILD("def f(self) -> Awaitable[int]: ...")}${USER}`,
    ],
    ["that are async generators", "nothing", `${BASE}${CHILD("async def f(self): yield 1")}${USER}`],
    [
      "under a decorator that is not known",
      "nothing or coroutine?",
      `${BASE}${CHILD("@unknown\n    async def f(self): return 1")}${USER}`,
    ],
    ["that are properties", "nothing", `${BASE}${CHILD("@property\n    def f(self): return plain")}${USER}`],
    [
      "that are attributes of the object",
      "nothing",
      `${BASE}${CHILD("def __init__(self, f): self.f = f")}${USER}`,
    ],
    ["that are attributes of the class", "nothing or coroutine?", `${BASE}${CHILD("f = make()")}${USER}`],
    [
      "that are mocks",
      "nothing or coroutine?",
      `from unittest.mock import Mock\n${BASE}${CHILD("f = Mock()")}${USER}`,
    ],
    [
      "in a grandchild",
      "nothing",
      `${BASE}class Middle(Base): ...\nclass Child(Middle):\n    def f(self): return 2\n${USER}`,
    ],
    [
      "in a second base",
      "nothing",
      `${BASE}class Mixin: ...\nclass Child(Mixin, Base):\n    def f(self): return 2\n${USER}`,
    ],
    [
      "do not matter for what was made in sight",
      "coroutine",
      `${BASE}${CHILD("def f(self): return 2")}Base().f()\n`,
    ],
    [
      "do not matter for super()",
      "coroutine",
      `${BASE}class Child(Base):\n    def f(self):\n        super().f()\n`,
    ],
    [
      "do not matter for an unbound method",
      "coroutine",
      `${BASE}${CHILD("def f(self): return 2")}def use(x: Base):\n    Base.f(x)\n`,
    ],
    [
      "matter for self",
      "nothing",
      `${CHILD("def f(self): return 2")}class Base:\n    async def f(self): return 1\n    def g(self):\n        self.f()\n`,
    ],
    [
      "matter for cls",
      "nothing or coroutine?",
      `${CHILD("def f(self): return 2")}class Base:\n    @classmethod\n    async def f(cls): return 1\n    @classmethod\n    def g(cls):\n        cls.f()\n`,
    ],
    [
      "matter for type[Base]",
      "nothing or coroutine?",
      `class Base:\n    @classmethod\n    async def f(cls): return 1\nclass Child(Base):\n    @classmethod\n    def f(cls): return 2\ndef use(x: type[Base]):\n    x.f()\n`,
    ],
    [
      "matter for cls()",
      "nothing",
      `${CHILD("def f(self): return 2")}class Base:\n    async def f(self): return 1\n    @classmethod\n    def g(cls):\n        cls().f()\n`,
    ],
    [
      "in another file",
      "nothing",
      "from app.base import Base\ndef use(x: Base):\n    x.f()\n",
      {
        files: {
          "app/base.py": "class Base:\n    async def f(self): return 1\n",
          "app/child.py": "from app.base import Base\nclass Child(Base):\n    def f(self): return 1\n",
        },
      },
    ],
    [
      "of another class of the same name",
      "coroutine",
      "from app.base import Base\ndef use(x: Base):\n    x.f()\n",
      {
        files: {
          "app/base.py": "class Base:\n    async def f(self): return 1\n",
          "app/child.py": "class Base: ...\nclass Child(Base):\n    def f(self): return 1\n",
        },
      },
    ],
    [
      "of a base under an alias",
      "nothing",
      "from app.base import Base\ndef use(x: Base):\n    x.f()\n",
      {
        files: {
          "app/base.py": "class Base:\n    async def f(self): return 1\n",
          "app/child.py": "from app.base import Base as B\nclass Child(B):\n    def f(self): return 1\n",
        },
      },
    ],
  ];
  study(cases);
});

describe("bases that say less than they do", () => {
  const base = (annotation: string, body: string): string =>
    `class Base:\n    async def stream(self) -> ${annotation}:\n        ${body}\nclass Child(Base):\n    async def other(self): return 1\ndef use(x: Base):\n    x.stream()\n`;
  const cases: StudyCase[] = [
    [
      "`async def stream() -> AsyncIterator` that raises",
      "nothing",
      base("AsyncIterator[int]", "raise NotImplementedError"),
    ],
    [
      "`async def stream() -> AsyncGenerator` with an ellipsis",
      "nothing",
      base("AsyncGenerator[int, None]", "..."),
    ],
    [
      "`async def stream() -> AsyncIterator` with a docstring",
      "nothing",
      base("AsyncIterator[int]", '"""Yields numbers."""'),
    ],
    ['`async def stream() -> "AsyncIterator"` with pass', "nothing", base('"AsyncIterator[int]"', "pass")],
    [
      "`async def stream() -> AsyncIterator` with a docstring and raise",
      "nothing",
      base("AsyncIterator[int]", '"""Yields."""\n        raise NotImplementedError("x")'),
    ],
    [
      "`async def stream() -> AsyncIterator` with `yield`",
      "async-generator",
      base("AsyncIterator[int]", "yield 1"),
    ],
    [
      "`async def stream() -> AsyncIterator` with `if False: yield`",
      "async-generator",
      base("AsyncIterator[int]", "if False: yield 1"),
    ],
    [
      "`async def stream() -> AsyncIterator` that returns one",
      "coroutine",
      base("AsyncIterator[int]", "return self.rows(1)"),
    ],
    ["`async def stream() -> int` that raises", "coroutine", base("int", "raise NotImplementedError")],
    [
      "a Protocol's `def stream() -> AsyncIterator`",
      "async-iterable",
      "class S(Protocol):\n    def stream(self) -> AsyncIterator[int]: ...\ndef use(x: S):\n    x.stream()\n",
    ],
    [
      "a Protocol's `async def`",
      "coroutine",
      "class S(Protocol):\n    async def get(self) -> int: ...\ndef use(x: S):\n    x.get()\n",
    ],
    [
      "a Protocol's plain method",
      "nothing or sync",
      "class S(Protocol):\n    def get(self): ...\ndef use(x: S):\n    x.get()\n",
    ],
    [
      "an abstract `async def`",
      "coroutine",
      "class S(abc.ABC):\n    @abc.abstractmethod\n    async def get(self) -> int: ...\ndef use(x: S):\n    x.get()\n",
    ],
    [
      "an abstract plain method without annotation",
      "nothing",
      "class S(abc.ABC):\n    @abc.abstractmethod\n    def get(self): ...\ndef use(x: S):\n    x.get()\n",
    ],
    [
      "an abstract method that is raised",
      "nothing",
      "class S:\n    def get(self):\n        raise NotImplementedError\nclass C(S):\n    async def get(self): return 1\ndef use(x: S):\n    x.get()\n",
    ],
    [
      "a nested function's `yield` does not count",
      "coroutine",
      "async def f():\n    def inner():\n        yield 1\n    return inner\nf()\n",
    ],
    ["a lambda's `yield` does not count", "coroutine", "async def f():\n    return lambda: (yield 1)\nf()\n"],
    ["a `yield` behind `return` counts", "async-generator", "async def f():\n    return\n    yield 1\nf()\n"],
  ];
  study(cases);
});

describe("dual objects", () => {
  const DUAL =
    "class Dual:\n    def __await__(self): yield\n    async def __aenter__(self): return self\n    async def __aexit__(self, *x): ...\n";
  const cases: StudyCase[] = [
    ["awaitable and entered", "awaitable+async-context-manager", `${DUAL}def f() -> Dual: ...\nf()\n`],
    ["made in sight", "awaitable+async-context-manager", `${DUAL}Dual()\n`],
    ["through a subclass", "awaitable+async-context-manager", `${DUAL}class More(Dual): ...\nMore()\n`],
    [
      "awaitable and iterated",
      "awaitable+async-iterable",
      "class Q:\n    def __await__(self): yield\n    def __aiter__(self): return self\nQ()\n",
    ],
    ["with an unknown base", "nothing", "from lib import Base\nclass Q(Base): ...\nQ()\n"],
    [
      "with a member that is assigned",
      "nothing or not asyncIterable, asyncContextManager",
      "class Q: ...\nQ.__await__ = make()\nQ()\n",
    ],
    [
      "with a member from an alias",
      "awaitable or not asyncIterable, asyncContextManager",
      "class Q:\n    def run(self): yield\n    __await__ = run\nQ()\n",
    ],
    ["with a metaclass", "nothing", "class Q(metaclass=Magic): ...\nQ()\n"],
    [
      "a union of two that agree",
      "coroutine",
      "def f() -> Union[Coroutine[Any, Any, int], Coroutine[Any, Any, str]]: ...\nf()\n",
    ],
    [
      "a union of two that disagree",
      "nothing",
      "def f() -> Union[Coroutine[Any, Any, int], AsyncIterator[int]]: ...\nf()\n",
    ],
    ["declared sync-or-async", MAYBE_COROUTINE, "def f() -> int | Coroutine[Any, Any, int]: ...\nf()\n"],
    ["declared sync-or-awaitable", MAYBE_COROUTINE, "def f() -> Union[int, Awaitable[int]]: ...\nf()\n"],
    [
      "aiohttp's requests",
      "awaitable+async-context-manager",
      "import aiohttp\ndef f(s: aiohttp.ClientSession):\n    s.get('x')\n",
    ],
    [
      "asyncpg's acquire",
      "awaitable+async-context-manager or async-context-manager",
      "import asyncpg\ndef f(pool: asyncpg.Pool):\n    pool.acquire()\n",
    ],
    [
      "httpx's stream",
      "async-context-manager",
      "import httpx\ndef f(c: httpx.AsyncClient):\n    c.stream('GET', 'x')\n",
    ],
    ["anyio's open_file", "coroutine", "import anyio\nanyio.open_file('x')\n"],
    ["tasks are no coroutines", "awaitable", "def f(): return asyncio.create_task(load())\nf()\n"],
  ];
  study(cases);
});

describe("guards", () => {
  const cases: StudyCase[] = [
    [
      "iscoroutinefunction of the name",
      "nothing",
      "def f(x: Repo):\n    go = x.save\n    if inspect.iscoroutinefunction(go):\n        pass\n    go()\n",
    ],
    [
      "iscoroutinefunction of an attribute",
      "nothing",
      "def f(x: Repo):\n    if asyncio.iscoroutinefunction(x.save):\n        pass\n    else:\n        x.save()\n",
    ],
    [
      "isawaitable of the result",
      "nothing",
      "def f(x: Repo):\n    r = x.save\n    if inspect.isawaitable(r()):\n        return\n    r()\n",
    ],
    [
      "isawaitable with an early return",
      "nothing",
      "def f():\n    if not inspect.isawaitable(load):\n        return 1\n    load()\n",
    ],
    [
      "iscoroutine of another name",
      "coroutine",
      "def f(x, y):\n    if asyncio.iscoroutine(y):\n        pass\n    load()\n",
    ],
    [
      "isinstance(x, Awaitable)",
      "nothing",
      "def f(x: Callable[[], Awaitable[int]]):\n    if isinstance(x, Awaitable):\n        return\n    x()\n",
    ],
    [
      "hasattr(x, '__aenter__')",
      "nothing or coroutine?",
      "def f(x: Repo):\n    if hasattr(x, 'save'):\n        x.save()\n",
    ],
    [
      "a guard in the enclosing function",
      "nothing",
      "def outer(fn: Callable[[], Coroutine[Any, Any, int]]):\n    is_async = inspect.iscoroutinefunction(fn)\n    def inner():\n        fn()\n",
    ],
  ];
  study(cases);
});
