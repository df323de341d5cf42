import { describe } from "vitest";
import { MAYBE_COROUTINE, type StudyCase, study } from "./known-call.ts";

const EITHER = `
class Slow:
    async def c(self): return 1
class Quick:
    def c(self): return 1
`;

describe("what the study misjudged: decorators and flow", () => {
  const cases: StudyCase[] = [
    [
      "own decorator named `contextmanager`",
      "awaitable+async-context-manager or awaitable+async-context-manager? or nothing",
      `
class Result:
    def __init__(self, coro): self._coro = coro
    def __await__(self): return self._coro.__await__()
    async def __aenter__(self): return await self._coro
    async def __aexit__(self, *exc): ...
def contextmanager(method):
    @functools.wraps(method)
    def wrapper(self, *args, **kwargs):
        return Result(method(self, *args, **kwargs))
    return wrapper
class Connection:
    @contextmanager
    async def execute(self): return 1
Connection().execute()
`,
    ],
    [
      "own decorator named `asynccontextmanager`",
      "coroutine or coroutine? or nothing",
      `
def asynccontextmanager(method):
    @functools.wraps(method)
    async def wrapper(*args): return [x async for x in method(*args)]
    return wrapper
@asynccontextmanager
async def opened():
    yield 1
opened()
`,
    ],
    [
      "`contextmanager` of contextlib",
      "sync",
      "@contextlib.contextmanager\ndef opened():\n    yield 1\nopened()\n",
    ],
    [
      "`asynccontextmanager` of contextlib, under another name",
      "async-context-manager",
      `
from contextlib import asynccontextmanager as acm
@acm
async def opened():
    yield 1
opened()
`,
    ],
    [
      "`asynccontextmanager` re-exported by the repository",
      "async-context-manager",
      `
from compat import asynccontextmanager
@asynccontextmanager
async def opened():
    yield 1
opened()
`,
      {
        files: {
          "compat.py":
            "try:\n    from contextlib import asynccontextmanager\nexcept ImportError:\n    from async_generator import asynccontextmanager\n",
        },
      },
    ],
    [
      "`if False and`: a definition that never happens",
      `coroutine or ${MAYBE_COROUTINE}`,
      "async def f(): return 1\nif False and debug:\n    def f(): return 1\nf()\n",
    ],
    [
      "`if False and`: a return that never happens",
      `coroutine or ${MAYBE_COROUTINE}`,
      "def f():\n    if False and debug:\n        return 1\n    return load()\nf()\n",
    ],
    [
      "`if` that may happen",
      MAYBE_COROUTINE,
      "def f():\n    if debug:\n        return 1\n    return load()\nf()\n",
    ],
    [
      "`if TYPE_CHECKING`: the stub of a name",
      "coroutine or nothing",
      "if TYPE_CHECKING:\n    async def f(): ...\nelse:\n    f = unknown()\ndef g():\n    f()\n",
    ],
    [
      "negative isinstance branch",
      "sync or nothing or sync?",
      `${EITHER}def f(x: Slow | Quick):\n    if isinstance(x, Slow):\n        pass\n    else:\n        x.c()\n`,
    ],
    [
      "negative isinstance branch: early return",
      "sync or nothing or sync?",
      `${EITHER}def f(x: Slow | Quick):\n    if isinstance(x, Slow):\n        return\n    x.c()\n`,
    ],
    [
      "negative isinstance branch: of a base",
      "sync or nothing or sync?",
      `${EITHER}class Both(Quick):\n    async def c(self): return 1\ndef f(x: Quick):\n    if isinstance(x, Both):\n        pass\n    else:\n        x.c()\n`,
    ],
    [
      "negative isinstance branch: `not`",
      "sync or nothing or sync?",
      `${EITHER}def f(x: Slow | Quick):\n    if not isinstance(x, Slow):\n        x.c()\n`,
    ],
    [
      "positive isinstance branch",
      "coroutine?",
      `${EITHER}def f(x: Slow | Quick):\n    if isinstance(x, Slow):\n        x.c()\n`,
    ],
    [
      "positive isinstance branch with another condition",
      "coroutine?",
      `${EITHER}def f(x: Slow | Quick):\n    if x and isinstance(x, Slow):\n        x.c()\n`,
    ],
    [
      "an isinstance test with `or` narrows nothing",
      MAYBE_COROUTINE,
      `${EITHER}def f(x: Slow | Quick, y):\n    if y or isinstance(x, Slow):\n        x.c()\n`,
    ],
    [
      "behind `if not isinstance(...): return`",
      "coroutine?",
      `${EITHER}def f(x: Slow | Quick):\n    if not isinstance(x, Slow):\n        return\n    x.c()\n`,
    ],
    [
      "param narrowed in one closure leaking into another",
      MAYBE_COROUTINE,
      `${EITHER}def outer(x: Slow | Quick):\n    def a():\n        if isinstance(x, Slow):\n            return x\n    def b():\n        x.c()\n`,
    ],
    [
      "param narrowed around a closure",
      `coroutine? or ${MAYBE_COROUTINE}`,
      `${EITHER}def outer(x: Slow | Quick):\n    if isinstance(x, Slow):\n        def b():\n            x.c()\n`,
    ],
    [
      "param of one kind in a closure",
      "coroutine",
      `${EITHER}def outer(x: Slow):\n    def b():\n        x.c()\n`,
    ],
    [
      "class attr `x = None` + `self.x = ...`",
      "coroutine",
      "class A:\n    repo = None\n    def start(self):\n        self.repo = Repo()\n    def f(self):\n        self.repo.save()\n",
    ],
    [
      "class attr `x = None` + `self.x = ...` of two kinds",
      MAYBE_COROUTINE,
      "class A:\n    repo = None\n    def a(self):\n        self.repo = Repo()\n    def b(self):\n        self.repo = Plain()\n    def f(self):\n        self.repo.save()\n",
    ],
    [
      "class attr `x = None` + `self.x = ...` of something unknown",
      "nothing",
      "class A:\n    repo = None\n    def a(self, repo):\n        self.repo = repo\n    def b(self):\n        self.repo = Repo()\n    def f(self):\n        self.repo.save()\n",
    ],
    [
      "tuple-subclass `__new__`: what it unpacks to",
      "coroutine or coroutine?",
      `
class pair(Tuple[Repo, Plain]):
    def __new__(cls, size: float = 0) -> tuple[Repo, Plain]: ...
a, b = pair(1)
a.save()
`,
    ],
    [
      "tuple-subclass `__new__`: the other place",
      "sync or nothing",
      `
class pair(Tuple[Repo, Plain]):
    def __new__(cls, size: float = 0) -> tuple[Repo, Plain]: ...
a, b = pair(1)
b.save()
`,
    ],
    [
      "tuple-subclass `__new__` without annotation",
      "sync or nothing",
      "class pair(tuple):\n    def __new__(cls, a): return super().__new__(cls, (a, a))\na, b = pair(Plain())\na.save()\n",
    ],
    [
      "`__new__` that returns something else",
      "nothing",
      "class A:\n    def __new__(cls): return make(cls)\n    def save(self): return 1\nA().save()\n",
    ],
    [
      "`__getattr__` with annotation",
      "coroutine",
      `
class Database:
    def __getattr__(self, name: str) -> Repo: return Repo()
Database().users.save()
`,
    ],
    [
      "`__getattr__` without annotation",
      "nothing or coroutine or coroutine?",
      "class Database:\n    def __getattr__(self, name): return Repo()\nDatabase().users.save()\n",
    ],
    [
      "`__getattr__` for methods",
      "nothing",
      "class Proxy:\n    def __getattr__(self, name): return getattr(self._to, name)\nProxy().save()\n",
    ],
    [
      "`__getattr__` in an unknown base",
      "nothing",
      "from lib import Base\nclass Proxy(Base):\n    async def other(self): ...\nProxy().save()\n",
    ],
    [
      "`anext()` of an async generator",
      "coroutine or awaitable",
      "async def gen():\n    yield 1\nanext(gen())\n",
    ],
    [
      "`anext()` of an annotated iterator",
      "coroutine or awaitable",
      "def f(it: AsyncIterator[int]):\n    anext(it)\n",
    ],
    ["`anext()` of something unknown", "nothing or coroutine or awaitable", "def f(it):\n    anext(it)\n"],
    ["own function named `anext`", "sync", "def anext(x): return 1\nanext(2)\n"],
    ["`aiter()`", "async-generator or async-iterable", "async def gen():\n    yield 1\naiter(gen())\n"],
  ];
  study(cases);
});
