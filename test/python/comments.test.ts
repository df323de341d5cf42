import { describe, expect, test } from "vitest";
import { readComments } from "../../src/python/comments.ts";
import { logicalLineEnd } from "../../src/python/logical-line.ts";
import { createPythonParser } from "../../src/python/parse.ts";

const parser = await createPythonParser(() => performance.now());

function commentsOf(text: string): string[] {
  return readComments(parser.parse(text)).map(({ start, end }) => text.slice(start, end));
}

describe("comments", () => {
  test.each([
    ["x = 1  # one\n# two\n", ["# one", "# two"]],
    ["x = 1  # no line feed", ["# no line feed"]],
    ["x = '# none'  # one \t\n", ["# one"]],
    ['"""\n# none\n"""  # one\n', ["# one"]],
    ['x = f"# none {y}"  # one\n', ["# one"]],
    ['x = f"""{\n    y  # inside\n} # none"""\n', ["# inside"]],
    ["x = r'\\' # none'  # one\n", ["# one"]],
    ["x = 'a\\\n# none'\n", []],
    ["x = 1  # one\r\ny = 2  # two\r\n", ["# one", "# two"]],
    ["# one\ry = '# none'\n", ["# one"]],
    ["f(  # first\n    1,  # second\n)  # third\n", ["# first", "# second", "# third"]],
    ["if x:  # head\n    pass\n", ["# head"]],
    ["", []],
  ])("of %j are %j", (text, expected) => {
    expect(commentsOf(text)).toEqual(expected);
  });

  test("are found in runs that the parser does not see", () => {
    const run = Array.from({ length: 150 }, (_, index) => `    # line ${index}`).join("\n");
    expect(commentsOf(`def f():\n${run}\n    pass\n`)).toHaveLength(150);
    expect(commentsOf(`x = """\n${run}\n"""\n`)).toEqual([]);
  });

  test("know whether they stand alone", () => {
    const tree = parser.parse("\t# one\nx = 1  # two\n");
    expect(readComments(tree).map(({ isOwnLine }) => isOwnLine)).toEqual([true, false]);
  });

  // Reading them again and again for each mark would take minutes, longer than a test may.
  test("of a file full of marks are read once", () => {
    expect(commentsOf(`x = 1 ${"# ".repeat(400_000)}\n`)).toHaveLength(1);
    expect(commentsOf("x  #\n".repeat(150_000))).toHaveLength(150_000);
  });
});

describe("the logical line of `call()`", () => {
  test.each([
    ["call()  # end\n", "# end"],
    ["x = [\n    call(),\n    2,\n]  # end\n", "# end"],
    ["if (\n    call()\n    and y\n):  # end\n    pass  # body\n", "# end"],
    ["if x:\n    pass\nelif (\n    call()\n):  # end\n    pass\nelse:\n    pass\n", "# end"],
    ["with (\n    call() as x,\n    y,\n):  # end\n    pass\n", "# end"],
    ["@call(\n)  # end\ndef f():\n    pass\n", "# end"],
    ["def f(\n    x=call(),\n) -> int:  # end\n    return 1\n", "# end"],
    ["def f():\n    return (\n        call()\n    )  # end\n", "# end"],
    ["x = call(\n    '''\n# none\n'''\n)  # end\n", "# end"],
    ["while call():  # end\n    pass\nelse:\n    pass\n", "# end"],
    ["match call():  # end\n    case 1:\n        pass\n", "# end"],
    ["x = lambda: call() or {\n    1: 2,\n}  # end\n", "# end"],
  ])("in %j ends before its end", (text, comment) => {
    const tree = parser.parse(text);
    const start = text.indexOf("call(");
    const end = logicalLineEnd(tree.root, { start, end: text.indexOf(")", start) + 1 });
    expect(text.slice(end).trimStart().startsWith(comment)).toBe(true);
  });
});
