import type { Expression } from "../python/expression.ts";

const LONGEST = 1_000;

/**
 * Reads the small language of quoted annotations: dotted names, subscripts, `|`, `None`, `...`, lists, nested
 * quotes. Anything else is null. Offsets are those of the quoted text's start, good enough for messages.
 */
export function parseAnnotation(text: string, start: number): Expression | null {
  if (text.length > LONGEST) return null;
  const tokens = text.match(/[A-Za-z_][\w.]*|\.\.\.|"[^"]*"|'[^']*'|[[\],|]|\S/g) ?? [];
  const span = { start, end: start + text.length };
  let at = 0;

  function union(): Expression | null {
    const members: Expression[] = [];
    for (;;) {
      const member = primary();
      if (member === null) return null;
      members.push(member);
      if (tokens[at] !== "|") break;
      at += 1;
    }
    return members.length === 1 ? (members[0] ?? null) : { kind: "union", members, ...span };
  }

  /** The items up to the closing bracket; `at` stands on the opening one. */
  function items(): Expression[] | null {
    const all: Expression[] = [];
    do {
      at += 1;
      if (tokens[at] === "]") break;
      const item = union();
      if (item === null) return null;
      all.push(item);
    } while (tokens[at] === ",");
    if (tokens[at] !== "]") return null;
    at += 1;
    return all;
  }

  function primary(): Expression | null {
    const token = tokens[at];
    if (token === undefined) return null;
    if (token === "[") {
      const list = items();
      return list === null ? null : { kind: "literal", type: "list", items: list, ...span };
    }
    if (token === "...") {
      at += 1;
      return { kind: "literal", type: "ellipsis", items: [], ...span };
    }
    if (/^["']/.test(token)) {
      at += 1;
      return { kind: "string", value: token.slice(1, -1), ...span };
    }
    if (!/^[A-Za-z_]/.test(token) || token.endsWith(".")) return null;
    at += 1;
    if (token === "None") return { kind: "literal", type: "None", items: [], ...span };
    const [first = "", ...rest] = token.split(".");
    let named: Expression = { kind: "name", name: first, ...span };
    for (const name of rest) named = { kind: "attribute", object: named, name, ...span };
    if (tokens[at] !== "[") return named;
    const parts = items();
    return parts === null ? null : { kind: "subscript", object: named, items: parts, ...span };
  }

  const parsed = union();
  return at === tokens.length ? parsed : null;
}
