/**
 * Methods that Python calls without awaiting them, with what happens when they give a coroutine (measured on
 * CPython 3.11). What only metaclasses and class bodies call is not among them.
 */
export const SYNC_SPECIAL_METHODS: ReadonlyMap<string, string> = new Map([
  ["__init__", "Creating an object raises `TypeError: __init__() should return None, not 'coroutine'`."],
  ["__new__", "Creating an object gives a coroutine instead of the object, and `__init__` is not called."],
  ["__del__", "The body never runs: Python drops the coroutine when the object goes away."],
  ["__post_init__", "The body never runs: the generated `__init__` drops the coroutine."],
  ["__len__", "`len(…)` raises `TypeError: 'coroutine' object cannot be interpreted as an integer`."],
  ["__str__", "`str(…)` raises `TypeError: __str__ returned non-string (type coroutine)`."],
  ["__repr__", "`repr(…)` raises `TypeError: __repr__ returned non-string (type coroutine)`."],
  ["__format__", "Formatting raises `TypeError: __format__ must return a str, not coroutine`."],
  ["__bytes__", "`bytes(…)` raises `TypeError` for the coroutine that it gets."],
  ["__bool__", "Every test raises `TypeError: __bool__ should return bool, returned coroutine`."],
  ["__int__", "`int(…)` raises `TypeError: __int__ returned non-int (type coroutine)`."],
  ["__float__", "`float(…)` raises `TypeError` for the coroutine that it gets."],
  ["__index__", "Using the object as an index raises `TypeError` for the coroutine that Python gets."],
  ["__hash__", "`hash(…)` raises `TypeError: __hash__ method should return an integer`."],
  ["__eq__", "`==` gives a coroutine, which counts as true; the body never runs."],
  ["__ne__", "`!=` gives a coroutine, which counts as true; the body never runs."],
  ["__lt__", "`<` gives a coroutine, which counts as true; the body never runs."],
  ["__le__", "`<=` gives a coroutine, which counts as true; the body never runs."],
  ["__gt__", "`>` gives a coroutine, which counts as true; the body never runs."],
  ["__ge__", "`>=` gives a coroutine, which counts as true; the body never runs."],
  ["__contains__", "`in` is always true, because a coroutine counts as true; the body never runs."],
  ["__iter__", "Iterating raises `TypeError: iter() returned non-iterator`."],
  ["__next__", "Each step of a loop gives a coroutine, and the loop does not end."],
  ["__reversed__", "`reversed(…)` gives a coroutine, which cannot be iterated."],
  ["__getitem__", "`[…]` gives a coroutine instead of the item."],
  ["__setitem__", "An assignment to `[…]` drops the coroutine; the body never runs."],
  ["__delitem__", "`del …[…]` drops the coroutine; the body never runs."],
  ["__getattr__", "Reading an attribute gives a coroutine instead of its value."],
  ["__getattribute__", "Reading any attribute gives a coroutine instead of its value."],
  ["__setattr__", "An assignment to an attribute drops the coroutine; the body never runs."],
  ["__delattr__", "`del` drops the coroutine; the body never runs."],
  ["__set__", "An assignment drops the coroutine; the body never runs."],
  ["__delete__", "`del` drops the coroutine; the body never runs."],
  ["__enter__", "`with` binds a coroutine, and the body of the method never runs."],
  ["__exit__", "The body never runs, and every exception is swallowed, because a coroutine counts as true."],
  ["__await__", "`await` raises `TypeError: __await__() returned a coroutine`."],
]);

/** An awaited operation gives what these return: `await store[key]` may be how they are meant. */
export const AWAITABLE_BY_DESIGN: ReadonlySet<string> = new Set([
  "__new__",
  "__getitem__",
  "__getattr__",
  "__getattribute__",
]);
