import { describe } from "vitest";
import { MAYBE_COROUTINE, type StudyCase, study } from "./known-call.ts";

describe("modules", () => {
  const REPO =
    "class Repo:\n    async def save(self): return 1\n    def close(self): return 1\nasync def go(): return 1\ndef stop(): return 1\n";
  const cases: StudyCase[] = [
    [
      "module-level instances",
      "coroutine",
      "from app.service import service\nservice.save()\n",
      { files: { "app/service.py": `${REPO}service = Repo()\n` } },
    ],
    [
      "module-level instances of an annotated factory",
      "coroutine",
      "from app.service import service\nservice.save()\n",
      { files: { "app/service.py": `${REPO}def make() -> Repo: ...\nservice = make()\n` } },
    ],
    [
      "module-level instances that are None first",
      "coroutine or nothing",
      "from app.service import service\ndef f():\n    service.save()\n",
      { files: { "app/service.py": `${REPO}service: Repo | None = None\n` } },
    ],
    [
      "module-level instances that `global` replaces",
      "nothing",
      "from app.service import service\ndef f():\n    service.save()\n",
      {
        files: {
          "app/service.py": `${REPO}service = Repo()\ndef init(x):\n    global service\n    service = x\n`,
        },
      },
    ],
    [
      "a star import with `__all__`",
      "coroutine",
      "from app.api import *\ngo()\n",
      { files: { "app/api.py": `__all__ = ["go"]\n${REPO}` } },
    ],
    [
      "a star import whose `__all__` lacks the name",
      "nothing",
      "from app.api import *\ngo()\n",
      { files: { "app/api.py": `__all__ = ["stop"]\n${REPO}` } },
    ],
    [
      "a star import whose `__all__` has a private name",
      "coroutine",
      "from app.api import *\n_go()\n",
      { files: { "app/api.py": '__all__ = ["_go"]\nasync def _go(): return 1\n' } },
    ],
    [
      "a later star import whose `__all__` lacks the name",
      "sync",
      "from app.b import *\nfrom app.a import *\ngo()\n",
      { files: { "app/a.py": `__all__ = ["stop"]\n${REPO}`, "app/b.py": "def go(): return 1\n" } },
    ],
    [
      "a later star import wins",
      "sync",
      "from app.a import *\nfrom app.b import *\ngo()\n",
      { files: { "app/a.py": REPO, "app/b.py": "def go(): return 1\n" } },
    ],
    [
      "an own definition behind a star import",
      "sync",
      "from app.a import *\ndef go(): return 1\ngo()\n",
      { files: { "app/a.py": REPO } },
    ],
    [
      "a star import behind an own definition",
      "sync or nothing",
      "async def go(): return 1\nfrom app.a import *\ngo()\n",
      { files: { "app/a.py": "def go(): return 1\n" } },
    ],
    [
      "a relative import",
      "coroutine",
      "from .repo import go\ngo()\n",
      { path: "app/main.py", files: { "app/__init__.py": "", "app/repo.py": REPO } },
    ],
    [
      "a relative import of a module",
      "coroutine",
      "from . import repo\nrepo.go()\n",
      { path: "app/main.py", files: { "app/__init__.py": "", "app/repo.py": REPO } },
    ],
    [
      "a relative import from further up",
      "coroutine",
      "from ...repo import go\ngo()\n",
      {
        path: "app/a/b/main.py",
        files: {
          "app/__init__.py": "",
          "app/a/__init__.py": "",
          "app/a/b/__init__.py": "",
          "app/repo.py": REPO,
        },
      },
    ],
    [
      "a relative import from too far up",
      "nothing",
      "from ....repo import go\ngo()\n",
      { path: "app/main.py", files: { "app/__init__.py": "", "app/repo.py": REPO } },
    ],
    [
      "src layout",
      "coroutine",
      "from app.repo import go\ngo()\n",
      { path: "tests/test_main.py", files: { "src/app/__init__.py": "", "src/app/repo.py": REPO } },
    ],
    [
      "a TYPE_CHECKING import",
      "coroutine",
      "if TYPE_CHECKING:\n    from app.repo import Repo as Store\ndef f(x: 'Store'):\n    x.save()\n",
      { files: { "app/repo.py": REPO } },
    ],
    [
      "try/except ImportError of one kind",
      "coroutine or nothing",
      "try:\n    from app.repo import go\nexcept ImportError:\n    from app.other import go\ngo()\n",
      { files: { "app/repo.py": REPO, "app/other.py": REPO } },
    ],
    [
      "try/except ImportError of two kinds",
      MAYBE_COROUTINE,
      "try:\n    from app.repo import go\nexcept ImportError:\n    def go(): return 1\ngo()\n",
      { files: { "app/repo.py": REPO } },
    ],
    [
      "try/except ImportError with None",
      MAYBE_COROUTINE,
      "try:\n    from app.repo import go\nexcept ImportError:\n    go = None\ngo()\n",
      { files: { "app/repo.py": REPO } },
    ],
    [
      "a conditional definition of one kind",
      "coroutine",
      "if sys.version_info >= (3, 11):\n    async def go(): return 1\nelse:\n    async def go(): return 2\ngo()\n",
    ],
    [
      "a conditional definition of two kinds",
      MAYBE_COROUTINE,
      "if unknown:\n    async def go(): return 1\nelse:\n    def go(): return 2\ngo()\n",
    ],
    ["a redefinition: the last counts", "sync", "async def go(): return 1\ndef go(): return 2\ngo()\n"],
    [
      "a redefinition, used in a function",
      MAYBE_COROUTINE,
      "async def go(): return 1\ndef go(): return 2\ndef f():\n    go()\n",
    ],
    [
      "a redefinition of one kind",
      "coroutine",
      "async def go(): return 1\nasync def go(): return 2\ndef f():\n    go()\n",
    ],
    [
      "a redefined method",
      MAYBE_COROUTINE,
      "class A:\n    async def go(self): return 1\n    def go(self): return 2\nA().go()\n",
    ],
    [
      "a name of a module that is replaced",
      "nothing or coroutine?",
      "import app.repo\napp.repo.go = make()\napp.repo.go()\n",
      { files: { "app/__init__.py": "", "app/repo.py": REPO } },
    ],
    [
      "a module's `__getattr__`",
      "nothing",
      "from app.lazy import go\ngo()\n",
      { files: { "app/lazy.py": "def __getattr__(name): return load(name)\n" } },
    ],
    [
      "a name deleted from the module",
      "nothing or coroutine",
      "from app.repo import go\ngo()\n",
      { files: { "app/repo.py": `${REPO}del go\n` } },
    ],
    [
      "a submodule and a name of the package",
      "coroutine or nothing",
      "from app import repo\nrepo.go()\n",
      { files: { "app/__init__.py": "repo = make()\n", "app/repo.py": REPO } },
    ],
    [
      "an import in another function",
      "nothing",
      "def g():\n    from app.repo import go\ndef f():\n    go()\n",
      { files: { "app/repo.py": REPO } },
    ],
    ["a parameter hides a function", "nothing", "def f(load):\n    load()\n"],
    ["a loop variable hides a function", "nothing", "for load in make():\n    load()\n"],
    [
      "a class name hides nothing in its methods",
      "coroutine",
      "class A:\n    def load(self): return 1\n    def f(self):\n        load()\n",
    ],
  ];
  study(cases);
});
