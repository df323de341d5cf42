import { describe } from "vitest";
import { MAYBE_COROUTINE, type StudyCase, study } from "./known-call.ts";

const FIXTURES = `import pytest


class Repo:
    async def save(self):
        return 1


@pytest.fixture
def repo():
    return Repo()
`;

describe("what the study misjudged: syntax", () => {
  const cases: StudyCase[] = [
    [
      "PEP 695: a generic class",
      "coroutine",
      "class Box[T]:\n    def get(self) -> T: ...\ndef f(box: Box[Repo]):\n    box.get().save()\n",
    ],
    [
      "PEP 695: a generic function",
      "coroutine or coroutine?",
      "def first[V](x: list[V]) -> V: return x[0]\ndef f(rows: list[Repo]):\n    first(rows).save()\n",
    ],
    ["PEP 695: a bound", "coroutine", "def f[V: Repo](x: V):\n    x.save()\n"],
    [
      "PEP 695: a generic alias",
      "coroutine",
      "type Later[V] = Coroutine[Any, Any, V]\ndef f() -> Later[int]: ...\nf()\n",
    ],
    [
      "PEP 695: a type parameter hides a class of its name",
      "nothing",
      "def f[Repo](x: Repo):\n    x.save()\n",
    ],
    [
      "PEP 701: nested quotes and braces in an f-string",
      "coroutine",
      `
def f(names):
    text = f"{", ".join(f"{name!r:>{len(names)}}" for name in names)} {{}} {"\\n".join(names)}"
    load()
`,
    ],
    ["PEP 701: a call in a nested f-string", "coroutine", 'x = f"{f"{f"{1 + 1}"}"}"\nload()\n'],
    [
      "PEP 758: except without parentheses",
      "coroutine",
      "try:\n    x = 1\nexcept ValueError, KeyError:\n    pass\nload()\n",
    ],
    [
      "PEP 758: a definition behind it",
      "coroutine",
      "def g():\n    try:\n        x = 1\n    except ValueError, KeyError:\n        pass\nasync def f(): return 1\nf()\n",
    ],
    [
      "PEP 696: a default of a type parameter",
      "coroutine or coroutine?",
      "class Box[V = Repo]:\n    def get(self) -> V: ...\ndef f(box: Box):\n    box.get().save()\n",
    ],
    [
      "PEP 696: a TypeVar's default",
      "coroutine or coroutine?",
      'V = TypeVar("V", default=Repo)\nclass Box(Generic[V]):\n    def get(self) -> V: ...\ndef f(box: Box):\n    box.get().save()\n',
    ],
    [
      "PEP 696: another argument than the default",
      "sync",
      "class Box[V = Repo]:\n    def get(self) -> V: ...\ndef f(box: Box[Plain]):\n    box.get().save()\n",
    ],
    [
      "PEP 649: an annotation of a class further down",
      "coroutine",
      "def f(x: Later):\n    x.go()\nclass Later:\n    async def go(self): return 1\nLater().go()\n",
    ],
    [
      "match statement: the subject",
      "coroutine or coroutine?",
      "def f(x: Repo):\n    match x:\n        case _:\n            x.save()\n",
    ],
    [
      "match statement: a captured class",
      "coroutine? or nothing",
      "def f(x):\n    match x:\n        case Repo() as r:\n            r.save()\n",
    ],
    [
      "match statement: a name is rebound",
      "nothing",
      "def f(x):\n    r = Repo()\n    match x:\n        case {'r': r}:\n            r.save()\n",
    ],
    ["except groups", "coroutine", "try:\n    x = 1\nexcept* ValueError:\n    pass\nload()\n"],
    ["parenthesised with items", "coroutine", "with (open('a') as a, open('b') as b):\n    load()\n"],
    ["positional-only parameters", "coroutine", "def f(r: Repo, /, *, x=1):\n    r.save()\n"],
    ["a print statement of Python 2 nearby", "nothing or coroutine", "print 'x'\nload()\n"],
  ];
  study(cases, ["PEP 696: a default of a type parameter", "PEP 696: another argument than the default"]);
});

describe("what the study misjudged: files", () => {
  const cases: StudyCase[] = [
    [
      "stubs preferred over dynamic sources",
      "coroutine",
      "from app.files import File\nFile().read()\n",
      {
        files: {
          "app/__init__.py": "",
          "app/files.py":
            "class File:\n    pass\nfor name in NAMES:\n    setattr(File, name, delegate(name))\n",
          "app/files.pyi": "class File:\n    async def read(self) -> bytes: ...\n",
        },
      },
    ],
    [
      "stubs preferred over sources that seem plain",
      "coroutine",
      "from app.files import read\nread()\n",
      {
        files: {
          "app/__init__.py": "",
          "app/files.py": "@wrap\ndef read():\n    return 1\n",
          "app/files.pyi": "async def read() -> bytes: ...\n",
        },
      },
    ],
    [
      "sources where there is no stub",
      "coroutine",
      "from app.files import read\nread()\n",
      { files: { "app/__init__.py": "", "app/files.py": "async def read():\n    return 1\n" } },
    ],
    [
      "namespace package over several libs",
      "coroutine",
      "from ns.b.store import go\ngo()\n",
      {
        path: "libs/a/ns/a/main.py",
        files: {
          "libs/a/ns/a/__init__.py": "",
          "libs/b/ns/b/__init__.py": "",
          "libs/b/ns/b/store.py": "async def go():\n    return 1\n",
        },
      },
    ],
    [
      "namespace package over several libs, by its whole name",
      "coroutine",
      "import ns.b.store\nns.b.store.go()\n",
      {
        path: "libs/a/ns/a/main.py",
        files: {
          "libs/a/ns/a/__init__.py": "",
          "libs/b/ns/b/__init__.py": "",
          "libs/b/ns/b/store.py": "async def go():\n    return 1\n",
        },
      },
    ],
    [
      "namespace package whose module two libs have",
      "nothing",
      "from ns.store import go\ngo()\n",
      {
        path: "libs/a/main.py",
        files: {
          "libs/b/ns/store.py": "async def go():\n    return 1\n",
          "libs/c/ns/store.py": "def go():\n    return 1\n",
        },
      },
    ],
    [
      "namespace package: the importer's own lib comes first",
      "coroutine",
      "from ns.store import go\ngo()\n",
      {
        path: "libs/a/ns/main.py",
        files: {
          "libs/a/ns/store.py": "async def go():\n    return 1\n",
          "libs/b/ns/store.py": "def go():\n    return 1\n",
        },
      },
    ],
    [
      "`from x import *` in conftest",
      "coroutine",
      "def test_a(repo):\n    repo.save()\n",
      {
        path: "tests/test_a.py",
        files: { "tests/conftest.py": "from tests.fixtures import *\n", "tests/fixtures.py": FIXTURES },
      },
    ],
    [
      "a fixture of conftest",
      "coroutine",
      "def test_a(repo):\n    repo.save()\n",
      { path: "tests/sub/test_a.py", files: { "tests/conftest.py": FIXTURES } },
    ],
    [
      "a nearer conftest overrides",
      "sync",
      "def test_a(repo):\n    repo.save()\n",
      {
        path: "tests/sub/test_a.py",
        files: {
          "tests/conftest.py": FIXTURES,
          "tests/sub/conftest.py": FIXTURES.replace("async def", "def"),
        },
      },
    ],
    [
      "fixtures of `pytest_plugins`",
      "coroutine? or nothing",
      "def test_a(repo):\n    repo.save()\n",
      {
        path: "tests/test_a.py",
        files: {
          "tests/conftest.py": 'pytest_plugins = ["tests.fixtures"]\n',
          "tests/fixtures.py": FIXTURES,
        },
      },
    ],
    [
      "a parametrized name is no fixture",
      "nothing",
      'import pytest\n@pytest.mark.parametrize("repo", [Plain(), 1])\ndef test_a(repo):\n    repo.save()\n',
      { path: "tests/test_a.py", files: { "tests/conftest.py": FIXTURES } },
    ],
    [
      "a helper's parameter is no fixture",
      "nothing",
      "def helper(repo):\n    repo.save()\n",
      { path: "tests/test_a.py", files: { "tests/conftest.py": FIXTURES } },
    ],
    [
      "fixture overridden in a subclass",
      `nothing or coroutine or ${MAYBE_COROUTINE}`,
      `
import pytest
class TestBase:
    @pytest.fixture
    def make(self):
        return Repo()
    def test_a(self, make):
        make.save()
class TestChild(TestBase):
    @pytest.fixture
    def make(self):
        return Plain()
`,
      { path: "tests/test_a.py" },
    ],
    [
      "fixture whose class has a subclass with a decorator that changes kind",
      "nothing or coroutine?",
      `
import pytest
from lib import async_dispatch
class Runner:
    async def run(self): return 1
class Fast(Runner):
    @async_dispatch(Runner.run)
    def run(self): return 1
@pytest.fixture
def runner() -> Runner:
    return make()
def test_a(runner):
    runner.run()
`,
      { path: "tests/test_a.py" },
    ],
  ];
  study(cases);
});
