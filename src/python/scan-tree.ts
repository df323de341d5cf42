import { NONE, SCAN_VERSION, type Scan, type ScannedDefinition, type ScannedImport } from "./scan.ts";
import { addName, clearNames, nameHash, takeNames } from "./scan-names.ts";
import { childByField, hasToken, namedChildren, type SyntaxNode, type SyntaxTree } from "./syntax-node.ts";

type MutableDefinition = { -readonly [Key in keyof ScannedDefinition]: ScannedDefinition[Key] };

const NAME = "[A-Za-z_\\u0080-\\uffff][\\w\\u0080-\\uffff]*";
const DOTTED_NAME = new RegExp(`^${NAME}(?:[ \\t]*\\.[ \\t]*${NAME})*`);
const WORDS = new RegExp(`(?<![\\w\\u0080-\\uffff])${NAME}`, "g");

const ESCAPE = /\\(?:N\{[^}]*\}|(?![\u0080-\uffff])[\s\S]|)/g;

/** The scan of a parsed file: what `scanSource` finds, for the files on which it gives up. */
export function scanTree(tree: SyntaxTree): Scan {
  const { text } = tree;
  const definitions: MutableDefinition[] = [];
  const imports: ScannedImport[] = [];
  clearNames();
  const stack: { node: SyntaxNode; owner: number }[] = [{ node: tree.root, owner: -1 }];
  const push = (node: SyntaxNode, owner: number): void => {
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child !== undefined) stack.push({ node: child, owner });
    }
  };
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, owner } = next;
    if (!node.isNamed) continue;
    switch (node.type) {
      case "comment":
        continue;
      case "identifier":
        addName(nameHash(text.slice(node.start, node.end)));
        continue;
      case "string":
        addWords(node, text);
        break;
      case "yield": {
        const around = definitions[owner];
        if (around?.kind === "function") around.isGenerator = true;
        break;
      }
      case "lambda": {
        // Its defaults belong to the function around, its body to nobody.
        const body = childByField(node, "body");
        for (const child of [...node.children].reverse())
          stack.push({ node: child, owner: child === body ? NOBODY : owner });
        continue;
      }
      case "function_definition":
      case "class_definition": {
        const definition = toDefinition(node, text, owner);
        if (definition === null) break;
        definitions.push(definition);
        const body = childByField(node, "body");
        for (const child of [...node.children].reverse())
          stack.push({ node: child, owner: child === body ? definitions.length - 1 : owner });
        continue;
      }
      case "import_statement":
        addModules(node, text, owner, imports);
        break;
      case "import_from_statement":
      case "future_import_statement":
        addFrom(node, text, owner, imports);
        break;
    }
    push(node, owner);
  }
  return { version: SCAN_VERSION, definitions, imports, names: takeNames() };
}

const NO_BASES = new Set(["keyword_argument", "dictionary_splat", "line_continuation"]);

/** Owner of what stands in a lambda. */
const NOBODY = -2;

function toDefinition(node: SyntaxNode, text: string, owner: number): MutableDefinition | null {
  const name = childByField(node, "name");
  if (name === null) return null;
  const isClass = node.type === "class_definition";
  const bases = isClass ? basesOf(node, text) : NONE;
  return {
    kind: isClass ? "class" : "function",
    name: text.slice(name.start, name.end),
    isAsync: !isClass && hasToken(node, "async"),
    isGenerator: false,
    parent: owner,
    start: node.start,
    decorators: decoratorsOf(node, text),
    bases,
  };
}

function decoratorsOf(node: SyntaxNode, text: string): readonly string[] {
  if (node.parent?.type !== "decorated_definition") return NONE;
  return node.parent.children
    .filter((child) => child.type === "decorator")
    .map((decorator) => leadingDottedName(namedChildren(decorator)[0], text));
}

function basesOf(node: SyntaxNode, text: string): readonly string[] {
  const list = childByField(node, "superclasses");
  if (list === null) return NONE;
  return namedChildren(list)
    .filter(({ type }) => !NO_BASES.has(type))
    .map((base) => leadingDottedName(base, text));
}

function leadingDottedName(node: SyntaxNode | undefined, text: string): string {
  if (node === undefined) return "";
  const source = text.slice(node.start, node.end);
  const name = DOTTED_NAME.exec(source)?.[0] ?? "";
  const next = source[name.length];
  return next === '"' || next === "'" ? "" : name.replace(/[ \t]/g, "");
}

function addModules(node: SyntaxNode, text: string, owner: number, imports: ScannedImport[]): void {
  for (const item of node.children) {
    if (item.field !== "name") continue;
    const path = childByField(item, "name") ?? item;
    imports.push({ module: dotted(path, text), level: 0, name: null, alias: aliasOf(item, text), owner });
  }
}

function addFrom(node: SyntaxNode, text: string, owner: number, imports: ScannedImport[]): void {
  const source = childByField(node, "module_name");
  const from = source === null ? "__future__" : dotted(source, text);
  const level = /^\.*/.exec(from)?.[0].length ?? 0;
  const module = from.slice(level);
  for (const child of node.children) {
    if (child.type === "wildcard_import") imports.push({ module, level, name: "*", alias: null, owner });
    if (child.field !== "name") continue;
    const path = childByField(child, "name") ?? child;
    imports.push({ module, level, name: dotted(path, text), alias: aliasOf(child, text), owner });
  }
}

function aliasOf(node: SyntaxNode, text: string): string | null {
  const alias = childByField(node, "alias");
  return alias === null ? null : text.slice(alias.start, alias.end);
}

/** A dotted name without the blanks, joined lines and comments that may stand between its parts. */
function dotted(node: SyntaxNode, text: string): string {
  if (node.children.length === 0) return text.slice(node.start, node.end);
  return node.children
    .filter((child) => child.type !== "comment" && child.type !== "line_continuation")
    .map((child) => dotted(child, text))
    .join("");
}

/** Names in strings count unless the string spans lines, as docstrings do. */
function addWords(node: SyntaxNode, text: string): void {
  const isTriple = /^["']{3}/.test(text.slice(node.start, node.end).replace(/^\w+/, ""));
  const isFormat = node.children.some((child) => child.type === "interpolation");
  if (isTriple && !isFormat) return;
  for (const child of node.children) {
    if (child.type !== "string_content") continue;
    const content = text.slice(child.start, child.end).replace(ESCAPE, " ");
    for (const word of content.match(WORDS) ?? []) addName(nameHash(word));
  }
}
