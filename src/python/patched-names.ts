import { childByField, namedChildren, type SyntaxNode } from "./syntax-node.ts";

const PATCHING_CALLS = new Set([
  "patch",
  "object",
  "setattr",
  "setitem",
  "delattr",
  "multiple",
  "dict",
  "spy",
  "stub",
]);
const DOTTED = /^[A-Za-z_][\w.]*$/;

/**
 * Names that a call such as `mock.patch("app.repo.save")`, `patch.object(repo, "save")`,
 * `monkeypatch.setattr(repo, "save", fake)` or `setattr(repo, "save", fake)` replaces: the last part of
 * every dotted string among the arguments.
 */
export function patchedBy(call: SyntaxNode, text: string): string[] {
  const callee = childByField(call, "function");
  const list = childByField(call, "arguments");
  if (callee === null || list === null) return [];
  const path = text.slice(callee.start, callee.end);
  const last = path.slice(path.lastIndexOf(".") + 1);
  const isPatching = PATCHING_CALLS.has(last) && (last === "setattr" || /patch|mock/.test(path));
  if (!isPatching) return [];
  const names: string[] = [];
  for (const argument of namedChildren(list)) {
    if (argument.type !== "string") continue;
    const content = argument.children.find((child) => child.type === "string_content");
    const value = content === undefined ? "" : text.slice(content.start, content.end);
    if (DOTTED.test(value)) names.push(value.split(".").at(-1) ?? value);
  }
  return names;
}
