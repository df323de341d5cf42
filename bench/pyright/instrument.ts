import { extractFacts } from "../../src/python/extract-facts.ts";
import type { CallSite } from "../../src/python/facts.ts";
import { createLineIndex } from "../../src/python/line-index.ts";
import {
  childByField,
  descendants,
  namedChildren,
  type SyntaxNode,
  type SyntaxTree,
} from "../../src/python/syntax-node.ts";

/** A call of the original file and where it stands in the instrumented one. */
export interface InstrumentedCall {
  readonly call: CallSite;
  /** Of the call itself, within its `reveal_type(…)`, as pyright reports it: 0-based, UTF-16 columns. */
  readonly position: string;
}

const OPENING = "reveal_type(";

// Calls that mean something by their syntax: a type checker does not see through `reveal_type` around them.
const SPECIAL_CALLEES =
  /^(super|reveal_type|isinstance|issubclass|callable|hasattr|type|len|bool|auto|field|(\w+\.)*(TypeVar|TypeVarTuple|ParamSpec|NewType|namedtuple|NamedTuple|TypedDict|TypeAliasType|Enum|IntEnum|StrEnum|assert_type|cast)|sys\.platform\..*)$/;

/**
 * Wraps every call in `reveal_type(…)` without moving a line. Left alone are calls that the syntax (decorators,
 * bases, annotations, class-level declarations, patterns, `raise`) or their name gives a meaning of its own.
 */
export function instrument(tree: SyntaxTree): {
  readonly text: string;
  readonly calls: readonly InstrumentedCall[];
} {
  const skipped = skippedCalls(tree);
  const calls = extractFacts(tree).calls.filter(({ start, end }) => !skipped.has(`${start}-${end}`));
  const insertions: { readonly at: number; readonly text: string; readonly rank: number }[] = [];
  for (const { start, end } of calls) {
    // At one offset the outer call opens first, and what ends there closes before anything opens.
    insertions.push({ at: start, text: OPENING, rank: 1 }, { at: end, text: ")", rank: 0 });
  }
  insertions.sort((a, b) => a.at - b.at || a.rank - b.rank);
  const parts: string[] = [];
  let last = 0;
  for (const { at, text } of insertions) {
    parts.push(tree.text.slice(last, at), text);
    last = at;
  }
  parts.push(tree.text.slice(last));
  const text = parts.join("");
  const index = createLineIndex(text);
  const shift = createShift(insertions);
  const starting = groupOffsets(calls.map(({ start, end }) => [start, end]));
  const ending = groupOffsets(calls.map(({ start, end }) => [end, start]));
  const placed = calls.map((call): InstrumentedCall => {
    // Outer calls that start here come in front: the inner one stands behind all their openings.
    const outer = starting.get(call.start)?.filter((end) => end > call.end).length ?? 0;
    const start = call.start + shift.before(call.start) + OPENING.length * (outer + 1);
    const inner = ending.get(call.end)?.filter((from) => from > call.start).length ?? 0;
    const end = call.end + shift.before(call.end) + inner;
    const { line, column, endLine, endColumn } = index.locate("", { start, end });
    return { call, position: positionKey(line - 1, column - 1, endLine - 1, endColumn - 1) };
  });
  return { text, calls: placed };
}

/** A range as a key. */
export function positionKey(line: number, column: number, endLine: number, endColumn: number): string {
  return `${line}:${column}-${endLine}:${endColumn}`;
}

function groupOffsets(pairs: readonly (readonly [number, number])[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** How much was inserted strictly before an offset. */
function createShift(insertions: readonly { readonly at: number; readonly text: string }[]) {
  const offsets: number[] = [];
  const totals: number[] = [0];
  for (const { at, text } of insertions) {
    offsets.push(at);
    totals.push((totals.at(-1) ?? 0) + text.length);
  }
  return {
    before(offset: number): number {
      let low = 0;
      let high = offsets.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((offsets[middle] ?? 0) < offset) low = middle + 1;
        else high = middle;
      }
      return totals[low] ?? 0;
    },
  };
}

function skippedCalls({ root, text }: SyntaxTree): Set<string> {
  const skipped = new Set<string>();
  const skipAll = (node: SyntaxNode | null | undefined): void => {
    for (const inner of node == null ? [] : descendants(node))
      if (inner.type === "call") skipped.add(`${inner.start}-${inner.end}`);
  };
  for (const node of descendants(root)) {
    switch (node.type) {
      case "decorator":
      case "type":
      case "case_pattern":
      case "type_alias_statement":
      case "ERROR":
        skipAll(node);
        break;
      case "class_definition":
        skipAll(childByField(node, "superclasses"));
        break;
      case "raise_statement": {
        const [raised] = namedChildren(node);
        if (raised?.type === "call") skipped.add(`${raised.start}-${raised.end}`);
        break;
      }
      case "assignment":
        if (isInClassBody(node)) skipAll(childByField(node, "right"));
        break;
      case "call": {
        const callee = childByField(node, "function");
        if (callee !== null && SPECIAL_CALLEES.test(text.slice(callee.start, callee.end)))
          skipped.add(`${node.start}-${node.end}`);
        break;
      }
    }
  }
  return skipped;
}

function isInClassBody(assignment: SyntaxNode): boolean {
  const statement = assignment.parent;
  return statement?.parent?.type === "block" && statement.parent.parent?.type === "class_definition";
}
