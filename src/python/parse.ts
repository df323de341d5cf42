import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";
import { blankLongComments } from "./blank-comments.ts";
import { createTreeCopier, type Detail } from "./copy-tree.ts";
import type { SyntaxTree } from "./syntax-node.ts";
import type { CursorFunctions } from "./tree-cursor.ts";

/** Parses Python text; made once per thread by `createPythonParser`. */
export interface PythonParser {
  /**
   * Parses a whole file. Syntax errors do not throw: they are listed in `errors`.
   * @throws ParseTimeout when parsing takes longer than the parser's deadline.
   */
  parse(text: string): SyntaxTree;
  /** The same, but only with the nodes that `extractFacts` looks at: it takes half the time. */
  parseForFacts(text: string): SyntaxTree;
}

/** Parsing took too long; the file has to be skipped. */
export class ParseTimeout extends Error {
  override readonly name = "ParseTimeout";
}

/** Longest time one file may take to parse, in milliseconds. 1 MB of ordinary code takes about 250. */
const PARSE_DEADLINE_MS = 5_000;

interface Loaded {
  readonly grammar: Language;
  readonly functions: CursorFunctions;
}

let loaded: Promise<Loaded> | undefined;

async function load(): Promise<Loaded> {
  // The object that is given becomes the WebAssembly module.
  const module = {};
  await Parser.init(module);
  const path = createRequire(import.meta.url).resolve("tree-sitter-python/tree-sitter-python.wasm");
  return { grammar: await Language.load(path), functions: module as CursorFunctions };
}

/** Loads the grammar (about 25 ms, once per thread) and returns a parser. */
export async function createPythonParser(now: () => number): Promise<PythonParser> {
  loaded ??= load();
  const { grammar, functions } = await loaded;
  const copyTree = createTreeCopier(grammar, functions);
  const parser = new Parser();
  parser.setLanguage(grammar);

  function parse(text: string, detail: Detail): SyntaxTree {
    const started = now();
    const tree = parser.parse(blankLongComments(text), null, {
      progressCallback: () => now() - started > PARSE_DEADLINE_MS,
    });
    if (tree === null) {
      parser.reset();
      throw new ParseTimeout(`parsing took longer than ${PARSE_DEADLINE_MS / 1000} s`);
    }
    try {
      return copyTree(text, tree, detail);
    } finally {
      tree.delete();
    }
  }

  return {
    parse: (text) => parse(text, "full"),
    parseForFacts: (text) => parse(text, "facts"),
  };
}
