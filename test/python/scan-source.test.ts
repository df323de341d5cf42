import { describe, expect, test } from "vitest";
import { createPythonParser } from "../../src/python/parse.ts";
import type { Scan } from "../../src/python/scan.ts";
import { mayMention, nameHash } from "../../src/python/scan-names.ts";
import { scanSource } from "../../src/python/scan-source.ts";
import { scanTree } from "../../src/python/scan-tree.ts";
import { differences } from "./scan-differences.ts";

const parser = await createPythonParser(() => performance.now());

/** The scan of a text; the tree has to say the same. */
function scan(text: string): Scan {
  const scanned = scanSource(Buffer.from(text, "utf8"));
  if (scanned === null) throw new Error("the scanner gave up");
  const parsed = parser.parse(text.replace(/^\uFEFF/, ""));
  expect(parsed.errors).toEqual([]);
  expect(differences(scanned, scanTree(parsed), text)).toEqual([]);
  return scanned;
}

/** Definitions in short: `async gen name`, with the name of the one around it behind `<`. */
function outline(text: string): string[] {
  const { definitions } = scan(text);
  return definitions.map(({ kind, name, isAsync, isGenerator, parent }) =>
    [
      isAsync ? "async " : "",
      isGenerator ? "gen " : "",
      kind === "class" ? "class " : "",
      name,
      parent === -1 ? "" : ` < ${definitions[parent]?.name}`,
    ].join(""),
  );
}

function importsOf(text: string): string[] {
  const { imports, definitions } = scan(text);
  return imports.map(({ module, level, name, alias, owner }) =>
    [
      ".".repeat(level) + module,
      name === null ? "" : `:${name}`,
      alias === null ? "" : ` as ${alias}`,
      owner === -1 ? "" : ` in ${definitions[owner]?.name}`,
    ].join(""),
  );
}

describe("definitions", () => {
  test("kind, nesting and order", () => {
    const text =
      "def a():\n    class B:\n        async def c(self): pass\n        def d(self):\n            pass\n    def e(): ...\nclass F: x = 1\ndef g(): pass\n";
    expect(outline(text)).toEqual(["a", "class B < a", "async c < B", "d < B", "e < a", "class F", "g"]);
  });

  test("start in UTF-16 units, without the byte order mark", () => {
    const text = '\uFEFFx = "é😀"\n@decorated\nasync def f():\n    def g(): pass\n';
    const starts = scan(text).definitions.map(({ start }) => text.slice(1).slice(start, start + 5));
    expect(starts).toEqual(["async", "def g"]);
  });

  test.each([
    ["async  def f(): yield 1\n", ["async gen f"]],
    ["async\tdef\tf ( ) :\n\tyield\n", ["async gen f"]],
    ["async \\\n  def \\\n  f(): pass\n", ["async f"]],
    ["def f[T: (int, str)](x: T) -> dict[str, T]: pass\n", ["f"]],
    ["class A[T](Base): pass\n", ["class A"]],
    ["def größe(): pass\n", ["größe"]],
    ["def f(a=':', *, b={1: 2}) -> 'x:':\n  yield a\n", ["gen f"]],
    ["if x:\n  def f(): pass\nelse:\n  def f(): yield\n", ["f", "gen f"]],
    ["match x:\n  case 1:\n    def match(case): pass\ntype X = int\n", ["match"]],
    ["match = case = type = 1\nprint(match, type[0])\ndef f(): pass\n", ["f"]],
    ["define = 1\nclassic = 2\nasynchronous = 3\nx.define()\nasync_def = 4\n", []],
    ["async def f():\n  async for x in y: yield x\n  async with z: await w\n", ["async gen f"]],
  ])("headers: %j", (text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  test("decorators and bases by their leading dotted names", () => {
    const text = `@property
@app . get("/x", params={"a": [1]})
@a.b.setter
@(lambda f: f)
@retry(
    times=3,  # :
)
# between

async def f(): pass

class A(B, c.d.E, Generic[T, U], f(x, y), "text", *rest, metaclass=M[1], **kw): pass
class C(
    # first
    D,
    F,
): pass
class G[T: (X, Y)](H): pass
class I(): pass
class J: pass
`;
    const [f, ...classes] = scan(text).definitions;
    expect(f?.decorators).toEqual(["property", "app.get", "a.b.setter", "", "retry"]);
    expect(classes.map(({ bases }) => bases)).toEqual([
      ["B", "c.d.E", "Generic", "f", "", ""],
      ["D", "F"],
      ["H"],
      [],
      [],
    ]);
  });
});

describe("yield", () => {
  test.each([
    ["def f():\n  x = yield\n", ["gen f"]],
    ["def f():\n  yield from g()\n", ["gen f"]],
    ["def f():\n  return [(yield 1), 2]\n", ["gen f"]],
    ["def f():\n  if a: pass\n  else:\n    while b:\n      yield\n", ["gen f"]],
    ["def f():\n  def g(): yield\n  pass\n", ["f", "gen g < f"]],
    ["def f():\n  def g(): pass\n  yield\n", ["gen f", "g < f"]],
    ["def f():\n  class A:\n    def g(self): yield\n", ["f", "class A < f", "gen g < A"]],
    ["def f():\n  def g(x=(yield)): pass\n", ["gen f", "g < f"]],
    ["def f():\n  class A(b((yield))): pass\n", ["gen f", "class A < f"]],
    ["def f():\n  @d((yield))\n  def g(): pass\n", ["gen f", "g < f"]],
    ["def f():\n  yield lambda: 1\n", ["gen f"]],
    ["def f():\n  x = lambda: 1\n  yield x\n", ["gen f"]],
    ["def f():\n  'yield'\n  # yield\n  yielded = x.yield_\n", ["f"]],
    ['def f():\n  """\n  yield\n  """\n', ["f"]],
    ["def f():\n  return f'{(yield 1)}'\n", ["gen f"]],
    ["def f():\n  return f'{{yield}} {x!r:>{w}} yield'\n", ["f"]],
  ])("%j", (text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  test("what stands in a lambda is the parser's question", () => {
    const text = "def f():\n  x = lambda: (yield)\ndef g():\n  x(lambda: 1, (yield))\n";
    expect(scanSource(Buffer.from(text))).toBeNull();
    expect(scanTree(parser.parse(text)).definitions.map(({ isGenerator }) => isGenerator)).toEqual([
      false,
      true,
    ]);
  });
});

describe("imports", () => {
  test.each([
    ["import a\n", ["a"]],
    ["import a.b as c, d , e . f\n", ["a.b as c", "d", "e.f"]],
    ["import a, \\\n  b.\\\n  c as d\n", ["a", "b.c as d"]],
    ["from a import b\n", ["a:b"]],
    ["from a.b import c as d, e\n", ["a.b:c as d", "a.b:e"]],
    ["from ..x import (a as b, c)\n", ["..x:a as b", "..x:c"]],
    ["from . import x\nfrom ... import y\nfrom . .z import w\n", [".:x", "...:y", "..z:w"]],
    ["from .import x\nfrom.a import(b)\n", [".:x", ".a:b"]],
    ["from x import *\nfrom .y import*\n", ["x:*", ".y:*"]],
    ["from x import (  # why\n    a,\r\n\n    b as c,  # d\n)\n", ["x:a", "x:b as c"]],
    ["from x \\\n  import a, \\\n  b\n", ["x:a", "x:b"]],
    ["import a; import b; from c import d; x = 1\n", ["a", "b", "c:d"]],
    ["try: import a\nexcept E: from b import c; import d\n", ["a", "b:c", "d"]],
    ["def f():\n  if x: import a\n  class B: from c import d\n", ["a in f", "c:d in B"]],
    ["def f(): import a\nimport b\n", ["a in f", "b"]],
    ["from __future__ import annotations, division\n", ["__future__:annotations", "__future__:division"]],
    ["raise E from e\n", []],
    ["def f():\n  x = yield from g()\n  raise A from b\n", []],
    ["s = 'import a'\n# import b\n'''\nimport c\n'''\n", []],
    ["importlib.import_module('x')\nx.from_ = frombuffer\n", []],
    ["from importer import import_ as from_import\n", ["importer:import_ as from_import"]],
  ])("%j", (text, expected) => {
    expect(importsOf(text)).toEqual(expected);
  });
});

describe("lines", () => {
  test.each([
    ["CRLF", "def f():\r\n  x = '''a\r\nb'''\r\n  yield \\\r\n    1\r\n\r\nclass A: pass\r\n"],
    ["no line end", "def f():\n  yield\nclass A: pass"],
    ["form feeds", "def f():\n  yield\n\fclass A: pass\n"],
    ["tabs", "def f():\n\tif x:\n\t\tyield\nclass A:\n\tpass\n"],
    ["a byte order mark", "\uFEFFdef f():\n  yield\nclass A: pass\n"],
    ["a comment at another column", "def f():\n  x\n# c\n      # d\n  yield\n\n\n  \nclass A: pass\n"],
    ["brackets over lines", "def f(\n  a,\n):\n  x = [\nyield_,\n]\n  yield\nclass A(\n): pass\n"],
    ["strings over lines", "def f():\n  x = 'a\\\nb'\n  '''\nclass B:\n'''\n  yield\nclass A: pass\n"],
  ])("%s", (_name, text) => {
    expect(outline(text)).toEqual(["gen f", "class A"]);
  });
});

describe("strings", () => {
  test.each([
    `x = "'", '"', "\\"", '\\'', r'\\'', r"\\\\"`,
    `x = '''a'b''c\\''' ''', """ " "" \\""" """`,
    `x = rb'\\'', Rb"(", b'[', u"{", bR'''('''`,
    `x = f"{a}", f'{a["b"]}', f"{a['b']!r:>{w}.{p}}", F"{{ {a} }}"`,
    `x = f"{a["b"]}", f'{f'{f'{1}'}'}'`,
    `x = f"{a + "("}", f'{"}"}', f"{x:{"{"}<10}"`,
    `x = rf"\\{a}", f"\\{a}", f"\\N{LEFT PARENTHESIS}{a}", fr'\\''`,
    `x = f"{a:%H:%M}", f"{a!s}", f"{a != b}", f"{a=}", f"{(lambda: 1)()}", f"{ {1: 2}[1] }"`,
    `x = f'''{a['b']}\n\n{a}\n''', f"""{a:{b}} "{c}" """`,
    `x = f"{\n    a[\n      'b'\n    ]\n  } c", f'{\r\n    a}'`,
    `x = "a" "b" f"c" r"d"\\\n  "e"`,
    `x = ""''""""""''''''""`,
    `x = a if"b"else"c"`,
    `x = "é" f"é{größe}é" '😀('`,
  ])("%s", (line) => {
    expect(outline(`def f():\n  ${line}\ndef g(): pass\n`)).toEqual(["f", "g"]);
  });
});

describe("gives up", () => {
  test.each([
    ["an open bracket", "def f(:\n  pass\n"],
    ["an open bracket at the end", "x = (\n"],
    ["a closing bracket too many", "x = 1)\n"],
    ["brackets that do not fit", "x = (]\n"],
    ["a definition between brackets", "x = (\ndef f(): pass\n"],
    ["an open string", "x = 'a\n"],
    ["an open long string", 'x = """a\n'],
    ["an open field", "x = f'{a'\n"],
    ["an open field over lines", "x = f'{a\ny = 1\n"],
    ["a lone closing brace", "x = f'a}'\n"],
    ["a comment in a field", "x = f'''{a # b\n}'''\n"],
    ["a joined line in a field", "x = f'{a\\\n}'\n"],
    ["a doubled brace in a format", "x = f'{a:{{b}}}'\n"],
    ["a dedent to nowhere", "if a:\n    b\n  c\n"],
    ["an indent out of nothing", "a\n  b\n"],
    ["a first line that is indented", "  a\n"],
    ["a missing suite", "def f():\ndef g(): pass\n"],
    ["a missing suite at the end", "def f():\n"],
    ["tabs behind spaces", "if a:\n  \tb\n"],
    ["tabs that are as wide as spaces", "if a:\n        b\n\tc\n"],
    ["a NUL", "x = 1\0\n"],
    ["a NUL in a comment", "# \0\n"],
    ["a lone carriage return", "x = 1\ry = 2\n"],
    ["a lone carriage return in a comment", "# a\rdef f(): pass\n"],
    ["a backslash before anything else", "x = \\ 1\n"],
    ["a backslash at the end", "x = \\"],
    ["a backslash at the start of a line", "\\\nx = 1\n"],
    ["what is not Python", "x = `a`\n"],
    ["a shell line of a notebook", "!ls\n"],
    ["a decorator of nothing", "@a\nx = 1\n"],
    ["a header without brackets", "def f: pass\n"],
    ["a header that breaks off", "def f()\n  pass\n"],
    ["an import that goes on", "import a b\n"],
    ["an import of nothing", "from a import\n"],
    ["a definition behind a semicolon", "x = 1; def f(): pass\n"],
  ])("on %s", (_name, text) => {
    expect(scanSource(Buffer.from(text))).toBeNull();
  });

  test("on bytes that are not UTF-8, and on files too large to be analysed", () => {
    expect(scanSource(Buffer.from([0x78, 0x3d, 0x22, 0xe9, 0x22, 0x0a]))).toBeNull();
    expect(scanSource(Buffer.alloc(1_000_001, 10))).toBeNull();
    expect(scanSource(Buffer.alloc(1_000_000, 10))).not.toBeNull();
  });

  test("on nesting that nobody writes", () => {
    expect(scanSource(Buffer.from(`${"(".repeat(300)}${")".repeat(300)}\n`))).toBeNull();
    const deep = Array.from({ length: 150 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join("");
    expect(scanSource(Buffer.from(`${deep}${" ".repeat(150)}b\n`))).toBeNull();
  });

  test("and starts afresh with the next file", () => {
    scanSource(Buffer.from("@a\ndef f():\n  x = f'{(yield)}' + (lambda: 1\n"));
    expect(outline("def g(): pass\n")).toEqual(["g"]);
  });
});

describe("names", () => {
  const text = `import os.path as p
from a import imported as renamed
@decorator
def function(parameter: Annotation = default) -> "Forward.reference":
    """docstring"""
    local = obj.attribute[f"{inside!r} literal"]  # comment
    patch("module.target", keyword=1if(condition)else 0x1F)
    return größe
`;

  test("are what the code and strings of one line mention", () => {
    const { names } = scan(text);
    const mentioned = (
      "os path p imported renamed decorator function parameter Annotation default Forward reference local obj " +
      "attribute inside literal patch module target keyword condition größe"
    ).split(" ");
    const mentions = (name: string): boolean => mayMention(names, nameHash(name));
    expect(mentioned.filter((name) => !mentions(name))).toEqual([]);
    expect(["docstring", "comment", "absent", "x1F", "functio", "unction"].filter(mentions)).toEqual([]);
  });

  test("of files with very many are all held", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `name_${index}`);
    const names = new Set(scan(many.join("\n")).names);
    expect(many.filter((name) => !names.has(nameHash(name)))).toEqual([]);
  });
});
