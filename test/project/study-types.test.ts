import { describe } from "vitest";
import { MAYBE_COROUTINE, type StudyCase, study } from "./known-call.ts";

// What the study of ten repositories misjudged before it was fixed: each with what must still be known.

const COMPAT =
  "try:\n    from typing import Self\nexcept ImportError:\n    from typing_extensions import Self\n";

describe("what the study misjudged: types", () => {
  const cases: StudyCase[] = [
    [
      "overload by `self` Protocol: the asynchronous one",
      "awaitable or awaitable? or nothing",
      `
class AsyncClient(Protocol):
    is_async: Literal[True]
class SyncClient(Protocol):
    is_async: Literal[False]
class Commands:
    @overload
    def get(self: SyncClient, key: str) -> int: ...
    @overload
    def get(self: AsyncClient, key: str) -> Awaitable[int]: ...
    def get(self, key): return self.execute(key)
class AsyncRedis(Commands):
    is_async: Literal[True] = True
AsyncRedis().get("k")
`,
    ],
    [
      "overload by `self` class",
      "awaitable or awaitable?",
      `
class Commands:
    @overload
    def get(self: "SyncRedis", key: str) -> int: ...
    @overload
    def get(self: "AsyncRedis", key: str) -> Awaitable[int]: ...
    def get(self, key): return self.execute(key)
class AsyncRedis(Commands): ...
class SyncRedis(Commands): ...
AsyncRedis().get("k")
`,
    ],
    [
      "TypeGuard return: a truth value",
      "sync",
      `
def is_coroutine(x: object) -> TypeGuard[Coroutine[Any, Any, Any]]:
    return inspect.iscoroutine(x)
is_coroutine(1)
`,
    ],
    [
      "TypeGuard return: the same type without it",
      "coroutine",
      `
def start(x: object) -> Coroutine[Any, Any, Any]:
    return x.start()
start(1)
`,
    ],
    [
      "`Self` via a `_compat` module: the receiver's own method",
      "coroutine",
      `
from _compat import Self
class Base:
    def clone(self) -> Self: ...
    def save(self): return 1
class Child(Base):
    async def save(self): return 1
Child().clone().save()
`,
      { files: { "_compat.py": COMPAT } },
    ],
    [
      "`Self` from typing",
      "coroutine",
      `
from typing import Self
class Base:
    def clone(self) -> Self: ...
class Child(Base):
    async def save(self): return 1
Child().clone().save()
`,
    ],
    [
      "`X: TypeAlias = Callable[...]`",
      "awaitable",
      `
Handler: TypeAlias = Callable[[int], Awaitable[int]]
def run(handler: Handler):
    handler(1)
`,
    ],
    [
      "`type X = Callable[...]`",
      "awaitable",
      `
type Handler = Callable[[int], Awaitable[int]]
def run(handler: Handler):
    handler(1)
`,
    ],
    [
      "`X = Callable[...]`",
      "awaitable",
      `
Handler = Callable[[int], Awaitable[int]]
def run(handler: Handler):
    handler(1)
`,
    ],
    [
      '`X = "Callable[...]"` quoted',
      "awaitable or nothing",
      `
Handler: TypeAlias = "Callable[[int], Awaitable[int]]"
def run(handler: Handler):
    handler(1)
`,
    ],
    [
      "`X: TypeAlias = Callable[..., Any]` promises nothing",
      "nothing",
      `
Handler: TypeAlias = Callable[..., Any]
def run(handler: Handler):
    handler(1)
`,
    ],
    [
      "`Callable[...]` of either kind",
      "nothing",
      `
Handler: TypeAlias = Callable[..., int | Awaitable[int]]
def run(handler: Handler):
    handler(1)
`,
    ],
    [
      "`None` member lost in unions: an optional coroutine",
      MAYBE_COROUTINE,
      `
def start(x) -> Optional[Coroutine[Any, Any, int]]: ...
start(1)
`,
    ],
    [
      "`None` member lost in unions: a branch that falls through",
      MAYBE_COROUTINE,
      `
def start(x):
    if x:
        return load()
start(1)
`,
    ],
    [
      "`None` member lost in unions: an early `return`",
      MAYBE_COROUTINE,
      `
def start(x):
    if not x:
        return
    return load()
start(1)
`,
    ],
    [
      "`None` member lost in unions: every branch returns a coroutine",
      "coroutine",
      `
def start(x):
    if x:
        return load()
    return Repo().save()
start(1)
`,
    ],
    ["`None` member of a receiver", "coroutine", "def run(repo: Repo | None):\n    repo.save()\n"],
    [
      "`NoReturn` self type: of a coroutine function",
      "coroutine? or coroutine or nothing",
      `
class Flow(Generic[P, R]):
    @overload
    def __call__(self: "Flow[P, NoReturn]", *args: P.args, **kwargs: P.kwargs) -> None: ...
    @overload
    def __call__(self: "Flow[P, Coroutine[Any, Any, T]]", *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, T]: ...
    @overload
    def __call__(self: "Flow[P, T]", *args: P.args, **kwargs: P.kwargs) -> T: ...
    def __call__(self, *args, **kwargs): return self.run()
def flow(fn: Callable[P, R]) -> Flow[P, R]: ...
@flow
async def go() -> int:
    return 1
go()
`,
    ],
    [
      "`NoReturn` self type: of a plain function",
      "sync? or sync or nothing",
      `
class Flow(Generic[P, R]):
    @overload
    def __call__(self: "Flow[P, NoReturn]", *args: P.args, **kwargs: P.kwargs) -> None: ...
    @overload
    def __call__(self: "Flow[P, Coroutine[Any, Any, T]]", *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, T]: ...
    @overload
    def __call__(self: "Flow[P, T]", *args: P.args, **kwargs: P.kwargs) -> T: ...
    def __call__(self, *args, **kwargs): return self.run()
def flow(fn: Callable[P, R]) -> Flow[P, R]: ...
@flow
def go() -> int:
    return 1
go()
`,
    ],
    [
      "`Union[R, Coroutine[.., R]]` with R = None",
      MAYBE_COROUTINE,
      `
def run(fn: Callable[..., R]) -> Union[R, Coroutine[Any, Any, R]]: ...
def nothing() -> None: ...
run(nothing)
`,
    ],
    [
      "`Union[R, Coroutine[.., R]]` with an unknown R",
      "nothing",
      `
def run(fn: Callable[..., R]) -> Union[R, Coroutine[Any, Any, R]]: ...
def f(something):
    run(something)
`,
    ],
    [
      "`Coroutine[.., R]` with R = None",
      "coroutine",
      `
def run(fn: Callable[..., R]) -> Coroutine[Any, Any, R]: ...
def nothing() -> None: ...
run(nothing)
`,
    ],
    [
      "parametrised generic alias: of a coroutine",
      "coroutine",
      `
Later = Coroutine[Any, Any, T]
def run() -> Later[int]: ...
run()
`,
    ],
    [
      "parametrised generic alias: of either",
      MAYBE_COROUTINE,
      `
Maybe = Union[T, Awaitable[T]]
def run() -> Maybe[int]: ...
run()
`,
    ],
    [
      "parametrised generic alias: of a callable",
      "awaitable",
      `
Handler = Callable[[T], Awaitable[int]]
def run(handler: Handler[str]):
    handler("a")
`,
    ],
    [
      "parametrised generic alias: of a mapping's values",
      "coroutine",
      `
ByName = dict[str, T]
def run(rows: ByName[Repo]):
    rows["a"].save()
`,
    ],
    [
      "parametrised generic alias: of a class's items",
      "coroutine",
      `
Rows = list[T]
def run(rows: Rows[Repo]):
    for row in rows:
        row.save()
`,
    ],
    [
      "parametrised generic alias: of typing.List",
      "coroutine",
      `
Rows = List[T]
def run(rows: Rows[Repo]):
    for row in rows:
        row.save()
`,
    ],
  ];
  study(cases);
});
