import { describe } from "vitest";
import { MAYBE_COROUTINE, type StudyCase, study } from "./known-call.ts";

describe("members", () => {
  const cases: StudyCase[] = [
    [
      "a property",
      "coroutine",
      "class A:\n    @property\n    def repo(self) -> Repo: ...\nA().repo.save()\n",
    ],
    [
      "a property that returns",
      "coroutine",
      "class A:\n    @property\n    def repo(self): return Repo()\nA().repo.save()\n",
    ],
    [
      "an asynchronous property",
      "nothing or sync",
      "class A:\n    @property\n    async def repo(self): return Repo()\nA().repo.save()\n",
    ],
    [
      "an awaited asynchronous property",
      "coroutine",
      "class A:\n    @property\n    async def repo(self): return Repo()\nasync def f():\n    (await A().repo).save()\n",
    ],
    [
      "a property with a setter",
      "coroutine",
      "class A:\n    @property\n    def repo(self): return Repo()\n    @repo.setter\n    def repo(self, x): ...\nA().repo.save()\n",
    ],
    [
      "a property read on the class",
      "nothing",
      "class A:\n    @property\n    def repo(self): return Repo()\nA.repo.save()\n",
    ],
    [
      "cached_property",
      "coroutine",
      "class A:\n    @functools.cached_property\n    def repo(self): return Repo()\nA().repo.save()\n",
    ],
    [
      "a descriptor",
      "coroutine or coroutine?",
      "class D:\n    def __get__(self, obj, owner) -> Repo: ...\nclass A:\n    repo = D()\nA().repo.save()\n",
    ],
    [
      "a descriptor that does not say",
      "nothing or coroutine or coroutine?",
      "class D:\n    def __get__(self, obj, owner): return obj.x\n    async def save(self): ...\nclass A:\n    repo = D()\nA().repo.save()\n",
    ],
    [
      "a descriptor of an unknown library",
      "nothing",
      "from lib import Field\nclass A:\n    repo = Field(Repo)\nA().repo.save()\n",
    ],
    [
      "a dataclass field",
      "coroutine",
      "@dataclasses.dataclass\nclass A:\n    repo: Repo\ndef f(a: A):\n    a.repo.save()\n",
    ],
    [
      "a dataclass field with a factory",
      "coroutine",
      "@dataclasses.dataclass\nclass A:\n    repo: Repo = dataclasses.field(default_factory=Repo)\nA().repo.save()\n",
    ],
    [
      "a dataclass that is made",
      "coroutine",
      "@dataclasses.dataclass(frozen=True)\nclass A:\n    repo: Repo\nA(Repo()).repo.save()\n",
    ],
    [
      "an inherited dataclass field",
      "coroutine",
      "@dataclasses.dataclass\nclass A:\n    repo: Repo\n@dataclasses.dataclass\nclass B(A):\n    x: int\nB(Repo(), 1).repo.save()\n",
    ],
    [
      "a pydantic field",
      "coroutine",
      "from pydantic import BaseModel\nclass A(BaseModel):\n    repo: Repo\ndef f(a: A):\n    a.repo.save()\n",
    ],
    [
      "a field of a class with an unknown base",
      "coroutine or coroutine?",
      "from lib import Model\nclass A(Model):\n    repo: Repo\ndef f(a: A):\n    a.repo.save()\n",
    ],
    [
      "a NamedTuple field",
      "coroutine",
      "class A(NamedTuple):\n    repo: Repo\n    plain: Plain\nA(Repo(), Plain()).repo.save()\n",
    ],
    [
      "an unpacked NamedTuple",
      "coroutine or nothing",
      "class A(NamedTuple):\n    plain: Plain\n    repo: Repo\np, r = A(Plain(), Repo())\nr.save()\n",
    ],
    [
      "an Enum's member",
      "coroutine or nothing",
      "class E(enum.Enum):\n    A = 1\n    async def go(self): return 1\nE.A.go()\n",
    ],
    [
      "super()",
      "coroutine",
      "class A:\n    async def f(self): return 1\nclass B(A):\n    def f(self):\n        super().f()\n",
    ],
    [
      "super() with arguments",
      "coroutine or nothing",
      "class A:\n    async def f(self): return 1\nclass B(A):\n    def f(self):\n        super(B, self).f()\n",
    ],
    [
      "super() with an unknown base in front",
      "nothing or coroutine?",
      "from lib import M\nclass A:\n    async def f(self): return 1\nclass B(M, A):\n    def f(self):\n        super().f()\n",
    ],
    [
      "cls()",
      "coroutine",
      "class A:\n    async def f(self): return 1\n    @classmethod\n    def make(cls):\n        cls().f()\n",
    ],
    [
      "a classmethod's result",
      "coroutine",
      "class A:\n    async def f(self): return 1\n    @classmethod\n    def make(cls): return cls()\nA.make().f()\n",
    ],
    [
      "type(self)",
      "coroutine",
      "class A:\n    @staticmethod\n    async def f(): return 1\n    def g(self):\n        type(self).f()\n",
    ],
    [
      "self.__class__",
      "coroutine or nothing",
      "class A:\n    @staticmethod\n    async def f(): return 1\n    def g(self):\n        self.__class__.f()\n",
    ],
    [
      "attributes of attributes",
      "coroutine",
      "class A:\n    def __init__(self): self.repo = Repo()\nclass B:\n    def __init__(self, a: A): self.a = a\n    def f(self):\n        self.a.repo.save()\n",
    ],
    [
      "attributes of attributes of parameters",
      "coroutine",
      "class A:\n    def __init__(self): self.repo = Repo()\nclass B:\n    def __init__(self): self.a = A()\ndef f(b: B):\n    b.a.repo.save()\n",
    ],
    [
      "an attribute that is assigned elsewhere",
      "nothing or coroutine?",
      "class A:\n    def __init__(self): self.repo = Repo()\ndef f(a: A):\n    a.repo = make()\n    a.repo.save()\n",
    ],
    [
      "an attribute of two kinds",
      MAYBE_COROUTINE,
      "class A:\n    def __init__(self): self.repo = Repo()\n    def g(self): self.repo = Plain()\n    def f(self):\n        self.repo.save()\n",
    ],
    [
      "an annotated attribute",
      "coroutine",
      "class A:\n    def __init__(self, x):\n        self.repo: Repo = x\n    def f(self):\n        self.repo.save()\n",
    ],
    [
      "an inherited attribute",
      "coroutine",
      "class A:\n    def __init__(self): self.repo = Repo()\nclass B(A):\n    def f(self):\n        self.repo.save()\n",
    ],
    [
      "an attribute that a subclass sets otherwise",
      "nothing or coroutine?",
      "class A:\n    def __init__(self): self.repo = Repo()\n    def f(self):\n        self.repo.save()\nclass B(A):\n    def __init__(self): self.repo = make()\n",
    ],
    [
      "an attribute that a subclass makes another kind",
      "nothing or coroutine?",
      "class A:\n    repo = Repo()\n    def f(self):\n        self.repo.save()\nclass B(A):\n    repo = Plain()\n",
    ],
    [
      "an attribute that a subclass makes the same kind",
      "coroutine",
      "class A:\n    repo = Repo()\n    def f(self):\n        self.repo.save()\nclass B(A):\n    repo = Repo()\n",
    ],
    [
      "an attribute that a subclass annotates as another kind",
      "nothing or coroutine?",
      "class A:\n    repo: Repo\n    def f(self):\n        self.repo.save()\nclass B(A):\n    repo: Plain\n",
    ],
    [
      "a property that a subclass makes another kind",
      "nothing or coroutine?",
      "class A:\n    @property\n    def repo(self): return Repo()\n    def f(self):\n        self.repo.save()\nclass B(A):\n    @property\n    def repo(self): return Plain()\n",
    ],
    [
      "a class in an attribute that a subclass replaces",
      "nothing or coroutine?",
      "class A:\n    factory = Repo\n    def f(self):\n        self.factory().save()\nclass B(A):\n    factory = Plain\n",
    ],
    [
      "a mixin's method",
      "coroutine",
      "class M:\n    async def f(self): return 1\nclass A(M): ...\nA().f()\n",
    ],
    ["a mixin's use of what it is mixed with", "nothing", "class M:\n    def g(self):\n        self.f()\n"],
    [
      "the order of bases",
      "coroutine",
      "class A:\n    async def f(self): return 1\nclass B:\n    def f(self): return 1\nclass C(A, B): ...\nC().f()\n",
    ],
    [
      "a diamond",
      "coroutine",
      "class A:\n    def f(self): return 1\nclass B(A): ...\nclass C(A):\n    async def f(self): return 1\nclass D(B, C): ...\nD().f()\n",
    ],
    [
      "a member of an unknown base in front",
      "nothing or coroutine?",
      "from lib import M\nclass A(M, Repo): ...\nA().save()\n",
    ],
    [
      "a static method through an object",
      "coroutine",
      "class A:\n    @staticmethod\n    async def f(x): return 1\nA().f(1)\n",
    ],
    ["`__call__`", "coroutine", "class A:\n    async def __call__(self): return 1\nA()()\n"],
    [
      "`__call__` assigned to the object",
      "nothing",
      "class A:\n    def __init__(self): self.__call__ = make()\nA()()\n",
    ],
    ["`__getitem__`", "coroutine", "class A:\n    def __getitem__(self, key) -> Repo: ...\nA()[1].save()\n"],
    [
      "a class attribute that is a function",
      "coroutine or coroutine?",
      "class A:\n    go = staticmethod(load)\nA().go()\n",
    ],
    ["`setattr` on the class", "nothing or coroutine?", 'setattr(Repo, "save", make())\nRepo().save()\n'],
  ];
  study(cases);
});
