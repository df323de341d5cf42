import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { applyEdits } from "../../src/fixes/apply-edits.ts";
import { notebookEdits } from "../../src/fixes/notebook-edits.ts";
import { type Notebook, readNotebook } from "../../src/python/notebook.ts";
import { createPythonParser, type PythonParser } from "../../src/python/parse.ts";

let parser: PythonParser;
beforeAll(async () => {
  parser = await createPythonParser(() => performance.now());
});

function toJson(cells: readonly (string | readonly string[])[], indent = 1): string {
  const list = cells.map((source) => ({ cell_type: "code", source }));
  return JSON.stringify({ cells: list, nbformat: 4 }, null, indent);
}

function read(json: string): Notebook {
  const result = readNotebook(json, parser);
  if (!result.ok) throw new Error(result.reason);
  return result.notebook;
}

const lines = (source: string): string[] => source.split(/(?<=\n)/);

/** The file after putting `text` in place of `old` in the Python text; null where that is not offered. */
function replace(json: string, old: string, text: string): string | null {
  const notebook = read(json);
  const start = notebook.text.indexOf(old);
  expect(start).not.toBe(-1);
  const edits = notebookEdits(notebook, [{ start, end: start + old.length, text }]);
  return edits === null ? null : applyEdits(json, edits);
}

describe("an edit of a cell", () => {
  test("is written as the content of a JSON string", () => {
    const json = toJson([lines('f("a\\n")\nz')]);
    expect(replace(json, "f(", 'await "\\\\" f(')).toBe(json.replace("f(", 'await \\"\\\\\\\\\\" f('));
  });

  test("adds a string to the list for every new line", () => {
    const json = toJson([lines("import a\nasync def f():\n    yield\n")]);
    expect(replace(json, "async", "@b\nasync")).toBe(
      toJson([lines("import a\n@b\nasync def f():\n    yield\n")]),
    );
    expect(replace(json, "import a\n", "")).toBe(toJson([lines("async def f():\n    yield\n")]));
    expect(replace(json, "a\nasync", "a; async")).toBe(
      toJson([lines("import a; async def f():\n    yield\n")]),
    );
    expect(replace(json.replaceAll("\n", "\r\n"), "async", "@b\nasync")).toBe(
      toJson([lines("import a\n@b\nasync def f():\n    yield\n")]).replaceAll("\n", "\r\n"),
    );
  });

  test("keeps the file's own way with other alphabets", () => {
    expect(replace(toJson([["x = 1"]]), "1", "'é😀'")).toContain("x = '\\u00e9\\ud83d\\ude00'");
    expect(replace(toJson([["x = 1 # ü"]]), "1", "'é😀'")).toContain("x = 'é😀'");
  });

  test("is not offered where it could not be followed or would not be Python", () => {
    const json = toJson([lines("x = 1\n!ls\nif x:\n    y = !ls\n"), ["z = 1"]]);
    expect(replace(json, "0#s", "1")).toBeNull();
    expect(replace(json, "x = 1\n0", "1")).toBeNull();
    expect(replace(json, "___", "1")).toBeNull();
    expect(replace(toJson(["x = 1\n"]), "x", "y")).toBeNull();
    expect(replace(toJson([["x = 1\n"]], 0), "x", "y")).toBeNull();
    // Over the end of a cell.
    expect(replace(json, "___\nz", "1")).toBeNull();
    // In what only stands between the cells.
    expect(replace(toJson([["%fancy a\n", "x = 1"]]), "__ipython__", "y")).toBeNull();
  });

  test("gives the text that was meant, wherever it stands", () => {
    const part = fc.constantFrom("x", "\n", "\n", "  ", '"', "\\", "é", "#", "'", "\r\n", "\t");
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
    let offered = 0;
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        text,
        (cells, at, from, size, inserted) => {
          const json = toJson(cells.map(lines));
          const notebook = read(json);
          const cell = notebook.cells[at % notebook.cells.length];
          if (cell === undefined) return;
          // Behind the last line feed of a cell the next one starts.
          const last = cell.source.endsWith("\n") ? cell.source.length - 1 : cell.source.length;
          const start = cell.start + (from % (last + 1));
          const end = Math.min(start + (size % 5), cell.start + cell.source.length);
          const edits = notebookEdits(notebook, [{ start, end, text: inserted }]);
          if (edits === null) return;
          offered += 1;
          const expected = cells.map((source, index) =>
            index + 1 === cell.number
              ? source.slice(0, start - cell.start) + inserted + source.slice(end - cell.start)
              : source,
          );
          const changed: { cells: { source: string[] }[] } = JSON.parse(applyEdits(json, edits));
          expect(changed.cells.map(({ source }) => source.join(""))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
    expect(offered).toBeGreaterThan(100);
  });
});
