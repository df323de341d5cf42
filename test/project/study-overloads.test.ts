import { describe } from "vitest";
import { MAYBE_COROUTINE, type StudyCase, study } from "./known-call.ts";

describe("what the study misjudged: overloads", () => {
  const OVERLOADED = `
@overload
def run(x: int) -> int: ...
@overload
def run(x: str) -> Coroutine[Any, Any, int]: ...
def run(x): return x
def user(something):
`;
  const MAKER = `
class Maker(Generic[R]):
    @overload
    def __init__(self: "Maker[Repo]", bind: str) -> None: ...
    @overload
    def __init__(self: "Maker[R]", bind: str, *, kind: Type[R]) -> None: ...
    def __init__(self, bind, kind=Repo): ...
    def __call__(self) -> R: ...
`;
  const cases: StudyCase[] = [
    [
      "`@overload` without matching types: an unknown argument",
      MAYBE_COROUTINE,
      `${OVERLOADED}    run(something)\n`,
    ],
    [
      "`@overload` without matching types: none fits",
      "nothing or not asyncIterable, asyncContextManager",
      `${OVERLOADED}    run(b"")\n`,
    ],
    ["`@overload` without matching types: splat", MAYBE_COROUTINE, `${OVERLOADED}    run(*something)\n`],
    ["`@overload` with a matching type", "coroutine?", `${OVERLOADED}    run("a")\n`],
    [
      "`@overload` with a matching class",
      "coroutine?",
      `
@overload
def run(x: Plain) -> int: ...
@overload
def run(x: Repo) -> Coroutine[Any, Any, int]: ...
def run(x): return x
def user(x: Repo):
    run(x)
`,
    ],
    ["`@overload` with the other type", "sync? or nothing", `${OVERLOADED}    run(1)\n`],
    [
      "`@overload` with a matching type, called beside it",
      "coroutine?",
      `
@overload
def run(x: int) -> int: ...
@overload
def run(x: str) -> Coroutine[Any, Any, int]: ...
def run(x): return start(x)
run("a")
`,
    ],
    [
      "`@overload` of one kind",
      "coroutine",
      `
@overload
async def run(x: int) -> int: ...
@overload
async def run(x: str) -> str: ...
async def run(x): ...
run(unknown())
`,
    ],
    [
      "`@overload` in a stub's way: awaitable by a flag",
      "nothing",
      `
@overload
def run(wait: Literal[True]) -> int: ...
@overload
def run(wait: Literal[False]) -> Awaitable[int]: ...
def run(wait): ...
def user(flag):
    run(flag)
`,
    ],
    [
      "`__init__` overload with `self: C[X]`: the default",
      "coroutine or coroutine?",
      `${MAKER}\nMaker("x")().save()\n`,
    ],
    [
      "`__init__` overload with `self: C[X]`: another",
      "sync or sync? or nothing",
      `${MAKER}\nMaker("x", kind=Plain)().save()\n`,
    ],
    [
      "`__init__` overload with `self: C[X]`: subscripted",
      "sync or sync?",
      `${MAKER}\nMaker[Plain]("x")().save()\n`,
    ],
  ];
  study(cases);
});
