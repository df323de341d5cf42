import { createRequire } from "node:module";
import { Language, Parser, type Tree } from "web-tree-sitter";
import type { Span } from "./location.ts";
import type { SyntaxNode, SyntaxTree } from "./syntax-node.ts";

/** Parses Python text; made once per thread by `createPythonParser`. */
export interface PythonParser {
  /**
   * Parses a whole file. Syntax errors do not throw: they are listed in `errors`.
   * @throws ParseTimeout when parsing takes longer than the parser's deadline.
   */
  parse(text: string): SyntaxTree;
}

/** Parsing took too long; the file has to be skipped. */
export class ParseTimeout extends Error {
  override readonly name = "ParseTimeout";
}

/** Longest time one file may take to parse, in milliseconds. 1 MB of ordinary code takes about 250. */
const PARSE_DEADLINE_MS = 5_000;

let language: Promise<Language> | undefined;

async function loadLanguage(): Promise<Language> {
  await Parser.init();
  return Language.load(createRequire(import.meta.url).resolve("tree-sitter-python/tree-sitter-python.wasm"));
}

/** Loads the grammar (about 25 ms, once per thread) and returns a parser. */
export async function createPythonParser(now: () => number): Promise<PythonParser> {
  language ??= loadLanguage();
  const grammar = await language;
  const parser = new Parser();
  parser.setLanguage(grammar);
  return {
    parse(text) {
      const started = now();
      const tree = parser.parse(text, null, {
        progressCallback: () => now() - started > PARSE_DEADLINE_MS,
      });
      if (tree === null) {
        parser.reset();
        throw new ParseTimeout(`parsing took longer than ${PARSE_DEADLINE_MS / 1000} s`);
      }
      try {
        return copyTree(text, tree, grammar);
      } finally {
        tree.delete();
      }
    },
  };
}

interface MutableNode extends SyntaxNode {
  readonly children: MutableNode[];
}

function copyTree(text: string, tree: Tree, grammar: Language): SyntaxTree {
  const types = grammar.types;
  const fields = grammar.fields;
  const errors: Span[] = [];
  const cursor = tree.walk();
  // Every question to the cursor crosses into WebAssembly, so none is asked that can be answered here.
  const named = types.map((_, id) => grammar.nodeTypeIsNamed(id));
  const copy = (parent: MutableNode | null): MutableNode => {
    const typeId = cursor.nodeTypeId;
    const isNamed = named[typeId] ?? cursor.nodeIsNamed;
    const fieldId = isNamed ? cursor.currentFieldId : 0;
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    const node: MutableNode = {
      type: types[typeId] ?? cursor.nodeType,
      isNamed,
      field: fieldId === 0 ? null : (fields[fieldId] ?? null),
      parent,
      start,
      end,
      children: [],
    };
    if ((start === end && cursor.nodeIsMissing) || node.type === "ERROR")
      errors.push({ start: node.start, end: node.end });
    parent?.children.push(node);
    return node;
  };
  const root = copy(null);
  let node = root;
  walk: for (;;) {
    if (cursor.gotoFirstChild()) {
      node = copy(node);
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) break walk;
      node = node.parent as MutableNode;
    }
    node = copy(node.parent as MutableNode);
  }
  cursor.delete();
  return { text, root, errors };
}
