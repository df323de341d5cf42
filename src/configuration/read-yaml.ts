import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { MAX_CONFIGURATION_CHARACTERS, type Place, type ReadLayer, refuse, toLayer } from "./layer.ts";

const START: Place = { line: 1, column: 1 };
/** Brackets and the like within each other; the parser calls itself for each. */
const MAX_DEPTH = 50;
/** How often aliases may repeat what they stand for ("billion laughs"). */
const MAX_ALIASES = 100;

/** Reads a YAML file of settings; an empty one has none of its own. */
export function readYaml(file: string, source: string): ReadLayer {
  if (source.length > MAX_CONFIGURATION_CHARACTERS)
    return refuse(file, START, "", `it is longer than ${MAX_CONFIGURATION_CHARACTERS} characters`);
  const text = source.replace(/^\uFEFF/, "");
  if (depthOf(text) > MAX_DEPTH) return refuse(file, START, "", "it is nested too deeply");
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const [error] = document.errors;
    if (error !== undefined)
      return refuse(file, placeAt(lines, error.pos[0]), "", `it is not valid YAML: ${sentenceOf(error)}`);
    const repeated = repeatedKey(document);
    if (repeated !== null) return refuse(file, placeAt(lines, repeated), "", "a key stands there twice");
    const settings: unknown = document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {};
    return toLayer(file, "", settings, (path) => locate(document, lines, path));
  } catch (error) {
    // Aliases that repeat too much are a ReferenceError, too deep a nesting a RangeError.
    if (!(error instanceof Error)) throw error;
    return refuse(file, START, "", `it is not valid YAML: ${sentenceOf(error)}`);
  }
}

/** What the parser says, without what it says to programmers. */
function sentenceOf({ message }: Error): string {
  return message.split(/[;\n]/, 1)[0] ?? "";
}

/** Offset of the second of two equal keys; the parser's own search compares every key with every other. */
function repeatedKey(document: Document): number | null {
  let found: number | null = null;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name) && isNode(key)) found = key.range?.[0] ?? 0;
        if (found !== null) return visit.BREAK;
        seen.add(name);
      }
      return undefined;
    },
  });
  return found;
}

/** No less than the depth of the document: brackets that stand in strings count too. */
function depthOf(text: string): number {
  let deepest = 0;
  let open = 0;
  for (const character of text) {
    if (character === "[" || character === "{") open += 1;
    if (character === "]" || character === "}") open = Math.max(0, open - 1);
    deepest = Math.max(deepest, open);
  }
  for (const [indent] of text.matchAll(/^(?:[ ]|[-?:][ ])*/gm))
    deepest = Math.max(deepest, indent.length / 2);
  return deepest;
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function locate(document: Document, lines: LineCounter, path: readonly PropertyKey[]): Place {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === "number") {
      node = node.items[part];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return placeAt(lines, offset);
}
