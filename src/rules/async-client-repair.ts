import { enclosing, mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { childByField, hasToken, namedChildren, nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import type { BlockingSite } from "./blocking-sites.ts";
import type { Repair } from "./repair.ts";
import type { FileView } from "./rule.ts";

/**
 * `with httpx.Client() as c: c.get()` → `async with httpx.AsyncClient() as c: await c.get()`, where the request is all
 * that happens with the client; null for everything else.
 */
export function asyncClientRepair(file: FileView, { call, name }: BlockingSite): Repair | null {
  const method = /^httpx2?\.Client\.(get|post|put|patch|delete|head|options|request|send)$/.exec(name);
  const { callee } = call.expression;
  if (method === null || callee.kind !== "attribute" || callee.object.kind !== "name" || !call.canAwait)
    return null;
  const client = callee.object.name;
  const { text } = file.unit;
  const node = nodeAt(file.tree.root, call, "call");
  const owner = node === null ? null : scopeOwner(node);
  const statement = node === null ? null : enclosing(node, "with_statement");
  if (statement === null || owner === null || hasToken(statement, "async")) return null;
  const made = clientOf(statement, client, text);
  // The name in the `with` and the one request.
  if (made === null || mentionsOf(client, owner, text).length !== 2) return null;
  return {
    title: `Use \`${text.slice(made.start, made.end).replace("Client", "AsyncClient")}\``,
    grade: "B",
    caution:
      "The client is an asynchronous one: check what is passed to it (transports, hooks, authentication).",
    steps: [
      { kind: "async-with", statement },
      {
        kind: "replace",
        span: made,
        text: text.slice(made.start, made.end).replace(/Client$/, "AsyncClient"),
      },
      { kind: "insert-await", call },
    ],
  };
}

/** The callee `httpx.Client` of a statement `with httpx.Client(…) as name` with this one item. */
function clientOf(statement: SyntaxNode, name: string, text: string): SyntaxNode | null {
  const clause = statement.children.find((child) => child.type === "with_clause");
  const [item, another] = clause === undefined ? [] : namedChildren(clause);
  if (item?.type !== "with_item" || another !== undefined) return null;
  const pattern = childByField(item, "value");
  if (pattern?.type !== "as_pattern") return null;
  const [made, target] = namedChildren(pattern);
  if (made?.type !== "call" || target === undefined || text.slice(target.start, target.end) !== name)
    return null;
  const callee = childByField(made, "function");
  return callee !== null && /^httpx2?\.Client$/.test(text.slice(callee.start, callee.end)) ? callee : null;
}
