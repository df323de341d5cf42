import type { ModuleName } from "./facts.ts";
import { bind, type Context, type FactsBuilder, scopeAt } from "./facts-builder.ts";
import type { Span } from "./location.ts";
import { childByField, namedChildren, type SyntaxNode } from "./syntax-node.ts";

/** `import a.b, c as d` */
export function visitImport(builder: FactsBuilder, node: SyntaxNode, context: Context): void {
  for (const name of namedChildren(node)) {
    const alias = childByField(name, "alias");
    const path = alias === null ? name : (childByField(name, "name") ?? name);
    const module = builder.text.slice(path.start, path.end).replace(/\s+/g, "");
    const bound = alias === null ? (module.split(".")[0] ?? module) : textOf(builder, alias);
    bind(builder, context, bound, node.start, { kind: "import", module, isAliased: alias !== null });
  }
}

/** `from ..a import b as c`, `from a import *` */
export function visitFromImport(builder: FactsBuilder, node: SyntaxNode, context: Context): void {
  const source = childByField(node, "module_name");
  if (source === null) return;
  const from = textOf(builder, source).replace(/\s+/g, "");
  const level = /^\.*/.exec(from)?.[0].length ?? 0;
  const module: ModuleName = { module: from.slice(level), level };
  if (node.children.some((child) => child.type === "wildcard_import")) {
    scopeAt(builder, context.scope).starImports.push({ ...module, at: node.start });
    return;
  }
  for (const child of node.children) {
    if (child.field !== "name") continue;
    const alias = childByField(child, "alias");
    const imported = alias === null ? child : (childByField(child, "name") ?? child);
    const name = textOf(builder, imported);
    const bound = alias === null ? name : textOf(builder, alias);
    bind(builder, context, bound, node.start, { kind: "from-import", name, ...module });
  }
}

function textOf(builder: FactsBuilder, { start, end }: Span): string {
  return builder.text.slice(start, end);
}
