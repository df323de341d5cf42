import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { toPython } from "../../src/python/ipython.ts";
import { encodeJson } from "../../src/python/json-strings.ts";
import {
  createNotebookLocator,
  isNotebookPath,
  type Notebook,
  readNotebook,
  spanInFile,
} from "../../src/python/notebook.ts";
import { readCells } from "../../src/python/notebook-cells.ts";
import { createPythonParser, type PythonParser } from "../../src/python/parse.ts";

let parser: PythonParser;
beforeAll(async () => {
  parser = await createPythonParser(() => performance.now());
});

function read(json: string): Notebook {
  const result = readNotebook(json, parser);
  if (!result.ok) throw new Error(result.reason);
  return result.notebook;
}

const character = fc.constantFrom(
  ..."abc_ =()[]{}:,.#'%!?\\",
  '"',
  "/",
  "\t",
  "\r",
  "\n",
  "\n",
  "é",
  "\u2028",
  "\u007f",
  "😀",
  "\\n",
  '"""',
);
const cellText = fc.array(character, { maxLength: 60 }).map((parts) => parts.join(""));

/** Ways in which programs write the same JSON. */
const WRITERS: Readonly<Record<string, (value: unknown) => string>> = {
  indented: (value) => JSON.stringify(value, null, 1),
  compact: (value) => JSON.stringify(value),
  ascii: (value) =>
    JSON.stringify(value, null, 2).replace(/[\u0080-\uffff]/g, (unit) => encodeJson(unit, true)),
  "ascii with solidus": (value) => JSON.stringify(value, null, "\t").replaceAll("/", "\\/"),
  "upper-case escapes, CRLF": (value) =>
    JSON.stringify(value, null, 1)
      .replace(
        /[\u0080-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
      )
      .replaceAll("\n", "\r\n"),
};

function toCell(source: string, isList: boolean) {
  const output = { output_type: "stream", text: ['"source": ["x"]', "\\"] };
  return {
    cell_type: "code",
    outputs: [output],
    source: isList ? source.split(/(?<=\n)/) : source,
    metadata: { source: ["x"] },
  };
}

describe.each(Object.entries(WRITERS))("a notebook that is written %s", (_, write) => {
  test("leads from every character of the Python text to the same character in the file", () => {
    fc.assert(
      fc.property(fc.array(cellText, { minLength: 1, maxLength: 4 }), fc.boolean(), (texts, isList) => {
        const markdown = { cell_type: "markdown", source: ["fetch()"] };
        const json = write({ cells: texts.flatMap((text) => [markdown, toCell(text, isList)]), nbformat: 4 });
        const notebook = read(json);
        const locate = createNotebookLocator(notebook);
        expect(notebook.cells.map(({ source }) => source)).toEqual(texts);
        for (const { start, source, text, number } of notebook.cells) {
          expect(text).toHaveLength(source.length);
          expect(notebook.text.slice(start, start + text.length)).toBe(text);
          for (let at = 0; at < source.length; at++) {
            const place = spanInFile(notebook, { start: start + at, end: start + at + 1 });
            expect(JSON.parse(`"${json.slice(place.start, place.end)}"`)).toBe(source[at]);
            const location = locate("a.ipynb", { start: start + at, end: start + at + 1 });
            expect(location.line).toBe(json.slice(0, place.start).split("\n").length);
            expect(location.cell).toEqual({
              index: number,
              line: source.slice(0, at).split("\n").length,
            });
          }
          const whole = spanInFile(notebook, { start, end: start + source.length });
          expect(json.slice(whole.start - 1, whole.start)).toBe('"');
          if (source !== "") expect(json.slice(whole.end, whole.end + 1)).toBe('"');
        }
      }),
      { numRuns: 60 },
    );
  });
});

test("any JSON is read or refused, and nothing throws", () => {
  const json = fc.oneof(
    fc.json(),
    fc.json().map((text) => `{"cells": [{"cell_type": "code", "source": ${text}}]}`),
    fc.json().map((text) => `{"cells": ${text}}`),
    fc.json().map((text) => `{"worksheets": ${text}, "metadata": ${text}}`),
    fc.string(),
  );
  fc.assert(
    fc.property(json, (text) => void readCells(text)),
    { numRuns: 500 },
  );
});

test("cells are counted over all of them, and both forms of a source are told apart", () => {
  const json = JSON.stringify({
    cells: [
      { cell_type: "raw", source: "x" },
      toCell("a\nb", true),
      { cell_type: "markdown" },
      toCell("c", false),
    ],
  });
  const result = readCells(json);
  expect(result.ok && result.cells.map(({ number, source, isList }) => [number, source, isList])).toEqual([
    [2, "a\nb", true],
    [4, "c", false],
  ]);
});

test("a language that is not named is Python", () => {
  const metadata = { kernelspec: { language: "" }, language_info: {} };
  expect(readCells(JSON.stringify({ cells: [], metadata }))).toEqual({ ok: true, cells: [] });
});

test("cells of another language in a Python notebook are left out", () => {
  const cell = (metadata: object) => ({ ...toCell("x = 1", true), metadata });
  const cells = [
    cell({ vscode: { languageId: "sql" } }),
    cell({ vscode: { languageId: "python" } }),
    cell({ dotnet_interactive: { language: "csharp" } }),
    cell({ polyglot_notebook: { kernelName: "fsharp" } }),
  ];
  const result = readCells(JSON.stringify({ cells }));
  expect(result.ok && result.cells.map(({ number }) => number)).toEqual([2]);
});

describe("magics", () => {
  const shown = (source: string): string => {
    const { text } = toPython(source);
    expect(text).toHaveLength(source.length);
    return text;
  };

  test.each([
    ["%matplotlib inline\nx = 1", "0#atplotlib inline\nx = 1"],
    ["!ls -la", "0#s -la"],
    ["!!ls", "0#ls"],
    ["!", "0"],
    ["if x:\n    !ls\n    y()", "if x:\n    0#s\n    y()"],
    ["x = !ls *.py", "x = ________"],
    ["a, b.c = %fancy", "a, b.c = ______"],
    ['d["k"] = !ls', 'd["k"] = ___'],
    ["!pip install a \\\n  b\nx = 1", "0#ip install a \\\n# b\nx = 1"],
    ["x = !echo \\\n  b", "x = _______\n# b"],
    ["x?", "x "],
    ["x.y??\nz", "x.y  \nz"],
    ["?x", "0#"],
    ["x*?", "0#?"],
    ["%pip install x", "0#ip install x"],
    ["pip install x", "0#p install x"],
    ["%%bash\necho 'it\nls", "#%bash\n#cho 'it\n#s"],
    ["\n%%capture out\nx = 1\n!ls", "\n#%capture out\nx = 1\n0#s"],
  ])("%j is read as %j", (source, expected) => expect(shown(source)).toBe(expected));

  test.each([
    "x = 5\n% 3",
    "x = (5\n% 3)",
    "x = 5 \\\n% 3",
    '"""\n%time\n!ls\n%%bash\n"""',
    "'''\n?x\nx?\n'''",
    "x = [\n  # it's\n  '''\n%a''',\n!b]",
    "x != y\nx %= 3\nx = y % 3",
    "x == (!y)",
    "print('%s?' % x)\n# what?\n",
    'x = "a = !ls"\nx["a = !ls"] = 1',
    "pip = 1\npip\npip.install(x)\nconda = pip + 1",
    "y = x if x else 2",
  ])("%j is left as far as Python reads it so", (source) => {
    // A `%` at the start of a logical line is a magic also where a reader would not expect it.
    const expected = source.startsWith("x = 5\n%") ? "x = 5\n0#3" : source;
    expect(shown(source)).toBe(expected);
  });

  test("say which names they may bind", () => {
    expect(toPython("%store -r data\n%fancy x.y z").names).toEqual(["store", "r", "data", "fancy", "x", "z"]);
    expect(toPython("%time a, b = f(c)").names).toEqual(["a", "b"]);
    expect(toPython("%timeit f(a == b)\n!f\n%matplotlib inline\nf?").names).toEqual([]);
    expect(toPython("%%capture out --no-stderr\nx = f()").names).toEqual(["capture", "out", "no", "stderr"]);
    expect(toPython("%%bash --out lines\nf() {").names).toEqual(["bash", "out", "lines"]);
    expect(toPython("%%cython\ndef f(): pass").names).toEqual(["cython", "f"]);
    expect(toPython("%run other.py").bindsAnything).toBe(true);
  });

  test("of hostile lengths do not keep it busy", () => {
    const long = 300_000;
    for (const part of [
      "x ",
      "x, ",
      " ",
      "?",
      "%",
      "!",
      "x.",
      "\\\n",
      "'",
      '"""',
      "[",
      "#",
      "%%",
      "x = ",
      "=",
      "\n",
      "x?",
      "pip ",
    ])
      for (const source of [
        part.repeat(long),
        `x${part.repeat(long)}`,
        `x = !${part.repeat(long)}y`,
        `%time ${part.repeat(long)}`,
      ])
        shown(source);
  });
});

test("the path says what is a notebook", () => {
  expect(["a.ipynb", "a/b.ipynb", "a.py", "ipynb"].map(isNotebookPath)).toEqual([true, true, false, false]);
});
