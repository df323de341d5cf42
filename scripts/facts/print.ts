import type { FunctionItem, ImportItem, Item, Parameter, Stub } from "./stub.ts";

/** The text of a module; the same stub always gives the same text. */
export function printStub(stub: Stub): string {
  const lines = [...printImports(stub.imports), ...printItems(stub.items, "")];
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function printImports(imports: readonly ImportItem[]): string[] {
  const modules = new Set<string>();
  const names = new Map<string, Set<string>>();
  for (const { kind, module, name, bound, isAliased } of imports) {
    if (kind === "import") modules.add(isAliased ? `import ${module} as ${bound}` : `import ${module}`);
    else {
      const known = names.get(module) ?? new Set<string>();
      names.set(module, known.add(name === bound || name === "*" ? name : `${name} as ${bound}`));
    }
  }
  const lines = [...modules].sort();
  for (const [module, known] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (known.delete("*")) lines.push(`from ${module} import *`);
    if (known.size > 0) lines.push(`from ${module} import ${[...known].sort().join(", ")}`);
  }
  return lines;
}

function printItems(items: readonly Item[], indent: string): string[] {
  const lines: string[] = [];
  for (const item of items) {
    if (item.kind === "value") {
      const type = item.annotation === null ? "" : `: ${item.annotation}`;
      lines.push(`${indent}${item.name}${type}${item.value === null ? "" : ` = ${item.value}`}`);
      continue;
    }
    for (const decorator of item.decorators) lines.push(`${indent}@${decorator}`);
    if (item.kind === "function") lines.push(indent + printFunction(item));
    else {
      const bases = item.bases.length === 0 ? "" : `(${item.bases.join(", ")})`;
      const head = `${indent}class ${item.name}${item.typeParameters}${bases}:`;
      if (item.body.length === 0) lines.push(`${head} ...`);
      else lines.push(head, ...printItems(item.body, `${indent}  `));
    }
  }
  return lines;
}

function printFunction(item: FunctionItem): string {
  const head = `${item.isAsync ? "async " : ""}def ${item.name}${item.typeParameters}`;
  const result = item.returns === null ? "" : ` -> ${item.returns}`;
  return `${head}(${item.parameters.map(printParameter).join(", ")})${result}: ${item.hasYield ? "yield" : "..."}`;
}

function printParameter({ star, name, annotation, hasDefault }: Parameter): string {
  if (annotation === null) return `${star}${name}${hasDefault ? "=..." : ""}`;
  return `${star}${name}: ${annotation}${hasDefault ? " = ..." : ""}`;
}
