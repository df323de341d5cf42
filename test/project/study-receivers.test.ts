import { describe } from "vitest";
import { MAYBE_COROUTINE, type StudyCase, study } from "./known-call.ts";

describe("what a name is declared to be", () => {
  const parameter = (annotation: string): string => `def f(x: ${annotation}):\n    x.save()\n`;
  const cases: StudyCase[] = [
    ["a string", "coroutine", parameter('"Repo"')],
    ["a string with a union", "coroutine", parameter('"Repo | None"')],
    ["a string inside", "coroutine", parameter('Optional["Repo"]')],
    ["Optional", "coroutine", parameter("Optional[Repo]")],
    ["Union with None", "coroutine", parameter("Union[None, Repo]")],
    ["a union of two kinds", MAYBE_COROUTINE, parameter("Repo | Plain")],
    ["a union with something unknown", "nothing", parameter("Repo | Unknown")],
    ["Annotated", "coroutine", parameter("Annotated[Repo, Depends(make)]")],
    ["Final", "coroutine", "x: Final[Repo] = make()\nx.save()\n"],
    [
      "ClassVar",
      "coroutine",
      "class A:\n    x: ClassVar[Repo] = make()\n    def f(self):\n        self.x.save()\n",
    ],
    ["Any", "nothing", parameter("Any")],
    ["object", "nothing", parameter("object")],
    ["a class of an unknown module", "nothing", `from lib import Repo\n${parameter("Repo")}`],
    ["type[T]: its objects", "coroutine", "def f(x: type[Repo]):\n    x().save()\n"],
    ["Type[T]: its objects", "coroutine", "def f(x: Type[Repo]):\n    x().save()\n"],
    ["type[T] -> T", "coroutine", "def make(x: type[T]) -> T: ...\nmake(Repo).save()\n"],
    ["type[T] -> T, of another class", "sync", "def make(x: Type[T]) -> T: ...\nmake(Plain).save()\n"],
    [
      "cls: type[T] -> T",
      "coroutine",
      "class Base:\n    @classmethod\n    def make(cls: Type[T]) -> T: ...\nclass Child(Base):\n    async def go(self): return 1\nChild.make().go()\n",
    ],
    ["a TypeVar's bound", "coroutine", 'B = TypeVar("B", bound=Repo)\ndef f(x: B):\n    x.save()\n'],
    [
      "a TypeVar's constraints",
      MAYBE_COROUTINE,
      'B = TypeVar("B", Repo, Plain)\ndef f(x: B):\n    x.save()\n',
    ],
    ["a TypeVar without bound", "nothing", "def f(x: T):\n    x.save()\n"],
    ["list[T]", "coroutine", "def f(x: list[Repo]):\n    x[0].save()\n"],
    ["dict[K, V] by key", "coroutine", "def f(x: dict[str, Repo]):\n    x['a'].save()\n"],
    ["dict[K, V].get", "coroutine or coroutine?", "def f(x: dict[str, Repo]):\n    x.get('a').save()\n"],
    [
      "dict[K, V].values()",
      "coroutine",
      "def f(x: dict[str, Repo]):\n    for y in x.values():\n        y.save()\n",
    ],
    [
      "dict[K, V].items()",
      "coroutine",
      "def f(x: dict[str, Repo]):\n    for k, y in x.items():\n        y.save()\n",
    ],
    [
      "dict[K, V]: its keys",
      "sync or nothing",
      "def f(x: dict[Plain, Repo]):\n    for y in x:\n        y.save()\n",
    ],
    ["dict[K, V].pop", "coroutine or coroutine?", "def f(x: Dict[str, Repo]):\n    x.pop('a').save()\n"],
    ["nested containers", "coroutine", "def f(x: dict[str, list[Repo]]):\n    x['a'][0].save()\n"],
    [
      "a Generic base",
      "coroutine",
      "class Store(Generic[T]):\n    def get(self) -> T: ...\nclass Repos(Store[Repo]): ...\nRepos().get().save()\n",
    ],
    [
      "a Generic base of a base",
      "coroutine",
      "class Store(Generic[T]):\n    def get(self) -> T: ...\nclass Cached(Store[T]): ...\nclass Repos(Cached[Repo]): ...\nRepos().get().save()\n",
    ],
    [
      "Sequence",
      "coroutine",
      "from collections.abc import Sequence\ndef f(x: Sequence[Repo]):\n    for y in x:\n        y.save()\n",
    ],
    ["*args", "coroutine", "def f(*x: Repo):\n    for y in x:\n        y.save()\n"],
    ["**kwargs", "coroutine", "def f(**x: Repo):\n    x['a'].save()\n"],
    ["cast", "coroutine", "cast(Repo, make()).save()\n"],
  ];
  study(cases);
});

describe("what a name was bound to", () => {
  const cases: StudyCase[] = [
    ["a walrus", "coroutine", "def f():\n    if (x := Repo()):\n        x.save()\n"],
    [
      "a walrus of something unknown",
      "nothing",
      "def f():\n    x = Repo()\n    if (x := make()):\n        x.save()\n",
    ],
    [
      "with ... as",
      "coroutine",
      "class C:\n    def __enter__(self) -> Repo: ...\n    def __exit__(self, *x): ...\nwith C() as x:\n    x.save()\n",
    ],
    [
      "async with ... as",
      "coroutine",
      "class C:\n    async def __aenter__(self): return Repo()\n    async def __aexit__(self, *x): ...\nasync def f():\n    async with C() as x:\n        x.save()\n",
    ],
    ["for", "coroutine", "for x in [Repo()]:\n    x.save()\n"],
    [
      "async for",
      "coroutine",
      "async def rows():\n    yield Repo()\nasync def f():\n    async for x in rows():\n        x.save()\n",
    ],
    [
      "for over an iterator class",
      "coroutine",
      "class It:\n    def __iter__(self): return self\n    def __next__(self) -> Repo: ...\nfor x in It():\n    x.save()\n",
    ],
    ["enumerate", "coroutine or nothing", "for i, x in enumerate([Repo()]):\n    x.save()\n"],
    ["zip", "coroutine or nothing", "for a, x in zip([1], [Repo()]):\n    x.save()\n"],
    ["unpacking", "coroutine", "a, b = 1, Repo()\nb.save()\n"],
    ["unpacking, the other place", "sync or nothing", "a, b = Plain(), Repo()\na.save()\n"],
    ["unpacking with a star", "nothing or coroutine", "a, *b = 1, Repo(), 2\nb[0].save()\n"],
    ["unpacking behind a star", "nothing or coroutine", "a, *b, c = Plain(), 1, Plain(), Repo()\nc.save()\n"],
    ["nested unpacking", "coroutine or nothing", "a, (b, c) = 1, (Plain(), Repo())\nc.save()\n"],
    [
      "await of a call",
      "coroutine",
      "async def make() -> Repo: ...\nasync def f():\n    x = await make()\n    x.save()\n",
    ],
    [
      "await in brackets",
      "coroutine",
      "async def make() -> Repo: ...\nasync def f():\n    (await make()).save()\n",
    ],
    [
      "await of a gather",
      "nothing or coroutine or coroutine?",
      "async def make() -> Repo: ...\nasync def f():\n    a, b = await asyncio.gather(make(), make())\n    a.save()\n",
    ],
    [
      "await of a task",
      "coroutine",
      "async def make() -> Repo: ...\nasync def f():\n    (await asyncio.create_task(make())).save()\n",
    ],
    ["a comprehension", "coroutine", "for x in [Repo() for _ in range(3)]:\n    x.save()\n"],
    [
      "a comprehension's own name",
      "coroutine",
      "def f(xs: list[Repo]):\n    return [g(x) for x in xs]\ndef h(xs: list[Repo]):\n    (x for x in xs)\n    xs[0].save()\n",
    ],
    [
      "a name that a comprehension does not change",
      "coroutine",
      "def f(ys):\n    x = Repo()\n    z = [x for x in ys]\n    x.save()\n",
    ],
    ["a conditional expression", "coroutine", "def f(y):\n    x = Repo() if y else None\n    x.save()\n"],
    [
      "a conditional expression of two kinds",
      MAYBE_COROUTINE,
      "def f(y):\n    x = Repo() if y else Plain()\n    x.save()\n",
    ],
    [
      "`x = x or Repo()`",
      "coroutine or coroutine?",
      "def f(x: Repo | None = None):\n    x = x or Repo()\n    x.save()\n",
    ],
    [
      "`is None` and an early return",
      "coroutine",
      "def f(x: Repo | None):\n    if x is None:\n        return\n    x.save()\n",
    ],
    [
      "`is None` and a new one",
      "coroutine",
      "def f(x: Repo | None = None):\n    if x is None:\n        x = Repo()\n    x.save()\n",
    ],
    [
      "`is None` and another kind",
      MAYBE_COROUTINE,
      "def f(x: Repo | None = None):\n    if x is None:\n        x = Plain()\n    x.save()\n",
    ],
    [
      "two branches of one kind",
      "coroutine",
      "def f(y):\n    if y:\n        x = Repo()\n    else:\n        x = Repo()\n    x.save()\n",
    ],
    [
      "two branches of two kinds",
      MAYBE_COROUTINE,
      "def f(y):\n    if y:\n        x = Repo()\n    else:\n        x = Plain()\n    x.save()\n",
    ],
    [
      "a loop that rebinds",
      MAYBE_COROUTINE,
      "def f(ys):\n    x = Repo()\n    for y in ys:\n        x.save()\n        x = Plain()\n",
    ],
    [
      "a loop that rebinds, before its last statement",
      MAYBE_COROUTINE,
      "def f(ys):\n    x = Repo()\n    for y in ys:\n        x.save()\n        x = Plain()\n        y += 1\n",
    ],
    [
      "a loop that rebinds to the same kind",
      "coroutine",
      "def f(ys):\n    x = Repo()\n    for y in ys:\n        x.save()\n        x = Repo()\n",
    ],
    ["`del`", "nothing or coroutine", "x = Repo()\ndel x\nx.save()\n"],
    [
      "`global` in another function",
      "nothing",
      "x = Repo()\ndef g():\n    global x\n    x = make()\ndef f():\n    x.save()\n",
    ],
    [
      "`nonlocal`",
      "nothing",
      "def f():\n    x = Repo()\n    def g():\n        nonlocal x\n        x = make()\n    g()\n    x.save()\n",
    ],
    ["an augmented assignment", "nothing", "x = Repo()\nx += make()\nx.save()\n"],
    ["an exception's name", "nothing", "x = Repo()\ntry:\n    pass\nexcept make() as x:\n    x.save()\n"],
    [
      "contextvars are not guessed",
      "nothing",
      'from contextvars import ContextVar\nvar = ContextVar("x")\nvar.get().save()\n',
    ],
    [
      "contextvars that say their type",
      "coroutine or coroutine? or nothing",
      'from contextvars import ContextVar\nvar: ContextVar[Repo] = ContextVar("x")\nvar.get().save()\n',
    ],
    ["a mock", "nothing", "from unittest.mock import Mock\nx = Mock()\nx.save()\n"],
    [
      "a MagicMock with a spec",
      "nothing",
      "from unittest.mock import MagicMock\nx = MagicMock(spec=Repo)\nx.save()\n",
    ],
    [
      "an AsyncMock",
      "nothing or coroutine or coroutine?",
      "from unittest.mock import AsyncMock\nx = AsyncMock()\nx()\n",
    ],
    [
      "a patched function",
      "nothing or coroutine?",
      'from unittest import mock\ndef test():\n    with mock.patch("main.load"):\n        load()\n',
    ],
    [
      "a method replaced by an assignment",
      "nothing or coroutine?",
      "def test():\n    r = Repo()\n    r.save = fake\n    r.save()\n",
    ],
    [
      "a method replaced by monkeypatch",
      "nothing or coroutine?",
      'def test(monkeypatch):\n    monkeypatch.setattr(Repo, "save", fake)\n    Repo().save()\n',
    ],
  ];
  study(cases);
});
