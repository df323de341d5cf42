import { identifierOf, type NewRule } from "./templates.ts";

const IMPORT = /^import (?:type )?\{ (\w+) \} from "\.\/(.+)\.ts";$/;
const LIST = "export const RULES: readonly Rule[] = [";

/**
 * `src/rules/index.ts` with the new rule in it: imports by path, the list by code.
 * `codeOf` answers the code of the rule in `src/rules/NAME.ts`.
 * @throws Error when the file does not look as expected.
 */
export function registerRule(index: string, rule: NewRule, codeOf: (name: string) => string): string {
  const lines = index.split("\n");
  const imports = lines.flatMap((line) => {
    const match = IMPORT.exec(line);
    return match === null ? [] : [{ line, identifier: match[1] ?? "", path: match[2] ?? "" }];
  });
  const list = lines.indexOf(LIST);
  const end = lines.indexOf("];", list);
  if (imports.length === 0 || list === -1 || end === -1)
    throw new Error("src/rules/index.ts has no list of rules that could be extended");
  const members = lines.slice(list + 1, end);
  const next = members.findIndex((member) => {
    const identifier = member.trim().replace(/,$/, "");
    const known = imports.find((one) => one.identifier === identifier);
    if (known === undefined) throw new Error(`src/rules/index.ts does not import ${identifier}`);
    return codeOf(known.path) > rule.code;
  });
  const identifier = identifierOf(rule);
  lines.splice(next === -1 ? end : list + 1 + next, 0, `  ${identifier},`);
  const follower = imports.find(({ path }) => path > rule.name);
  const at = follower === undefined ? imports.length : lines.indexOf(follower.line);
  lines.splice(at, 0, `import { ${identifier} } from "./${rule.name}.ts";`);
  return lines.join("\n");
}
