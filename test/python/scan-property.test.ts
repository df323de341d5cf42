import fc from "fast-check";
import { expect, test } from "vitest";
import { createPythonParser } from "../../src/python/parse.ts";
import { scanSource } from "../../src/python/scan-source.ts";
import { scanTree } from "../../src/python/scan-tree.ts";
import { differences } from "./scan-differences.ts";

const parser = await createPythonParser(() => performance.now());

/** A line of a body that is no definition; `isYield` when it makes the function around it a generator. */
interface Line {
  readonly text: string;
  readonly isYield: boolean;
}

interface Definition {
  readonly kind: "def" | "async def" | "async  def" | "class";
  readonly isInline: boolean;
  readonly unit: string;
  readonly body: readonly (Line | Definition)[];
}

const line = fc.oneof(
  fc
    .constantFrom("yield", "x = yield 1", "f((yield), 2)", "yield from (\n1,\n)", 'x = f"{(yield)}"')
    .map((text): Line => ({ text, isYield: true })),
  fc
    .constantFrom(
      "pass",
      "x = 'yield' # yield",
      'f"{a["b"]}" "("',
      "'''\nyield\n'''",
      "import a",
      "from . import (b,\nc)",
      "x = [\ny\n]",
      "if x: y = {1: 2}",
      "x = lambda y: z",
      "y = 'a\\\nb'; z = \"é😀\"",
    )
    .map((text): Line => ({ text, isYield: false })),
);

const { definition } = fc.letrec<{ definition: Definition }>((tie) => ({
  definition: fc.record({
    kind: fc.constantFrom("def", "async def", "async  def", "class"),
    isInline: fc.boolean(),
    unit: fc.constantFrom(" ", "  ", "    ", "\t"),
    body: fc.array(fc.oneof({ maxDepth: 4 }, line, tie("definition")), { minLength: 1, maxLength: 5 }),
  }),
}));

interface Expected {
  readonly name: string;
  readonly isGenerator: boolean;
  readonly parent: number;
}

/** Python for a definition; what is to be found goes to `expected`. */
function write(one: Definition, indent: string, parent: number, expected: Expected[]): string {
  const index = expected.length;
  const isClass = one.kind === "class";
  const inline = one.body[0];
  const isInline = one.isInline && inline !== undefined && "text" in inline && !inline.text.startsWith("if");
  const body = isInline ? [inline] : one.body;
  const isGenerator = !isClass && body.some((part) => "text" in part && part.isYield);
  expected.push({ name: `d${index}`, isGenerator, parent });
  const header = `${indent}${one.kind} d${index}${isClass ? "(Base)" : "(a, b={1: 2})"}:`;
  if (isInline) return `${header} ${inline.text}\n`;
  const inner = indent + one.unit;
  const parts = body.map((part) =>
    "text" in part ? `${inner}${part.text}\n` : write(part, inner, index, expected),
  );
  return `${header}\n${parts.join("")}`;
}

test("nested definitions are found as they were written, with any line end", () => {
  fc.assert(
    fc.property(fc.array(definition, { maxLength: 4 }), fc.constantFrom("\n", "\r\n"), (parts, lineEnd) => {
      const expected: Expected[] = [];
      const text = parts.map((part) => write(part, "", -1, expected)).join("");
      const source = text.replaceAll("\n", lineEnd);
      const scan = scanSource(Buffer.from(source));
      if (scan === null) {
        // Tabs and spaces in one file may disagree.
        expect(text).toContain("\t");
        return;
      }
      expect(
        scan.definitions.map(({ name, isGenerator, parent }) => ({ name, isGenerator, parent })),
      ).toEqual(expected);
      const tree = parser.parse(source);
      if (tree.errors.length === 0) expect(differences(scan, scanTree(tree), source)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("any text is scanned or given up, never thrown at", () => {
  const pieces = fc.constantFrom(
    ..."def class async yield lambda import from f' f\" ''' { } ( ) [ ] : ; , . @ # \\ \n \r \t ! = é x 1".split(
      " ",
    ),
    " ",
    "\n",
    "\0",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const scan = scanSource(Buffer.from(parts.join("")));
      expect(scan === null || scan.definitions.every(({ parent }, index) => parent < index)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
