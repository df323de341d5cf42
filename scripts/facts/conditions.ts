import { childByField, namedChildren, type SyntaxNode } from "../../src/python/syntax-node.ts";

/** The Python that a condition is decided for, as [major, minor]; the platform is Linux. */
export type PythonVersion = readonly [number, number];

/** What an `if` at the top of a module or class is for a version: null when it cannot be decided. */
export function decide(condition: SyntaxNode, text: string, version: PythonVersion): boolean | null {
  const code = text.slice(condition.start, condition.end);
  switch (condition.type) {
    case "parenthesized_expression": {
      const [inner] = namedChildren(condition);
      return inner === undefined ? null : decide(inner, text, version);
    }
    case "not_operator": {
      const inner = childByField(condition, "argument");
      const value = inner === null ? null : decide(inner, text, version);
      return value === null ? null : !value;
    }
    case "boolean_operator": {
      const left = childByField(condition, "left");
      const right = childByField(condition, "right");
      const sides = [left, right].map((side) => (side === null ? null : decide(side, text, version)));
      const isAnd = condition.children.some(({ type }) => type === "and");
      if (sides.includes(!isAnd)) return !isAnd;
      return sides.includes(null) ? null : isAnd;
    }
    case "true":
      return true;
    case "false":
      return false;
    case "integer":
      return code !== "0";
    case "comparison_operator":
      return compare(code, version);
    case "call": {
      const prefix = /^sys\.platform\.startswith\(["'](\w+)["']\)$/.exec(code);
      return prefix === null ? null : "linux".startsWith(prefix[1] ?? "");
    }
    default:
      return /^(typing\.)?TYPE_CHECKING$/.test(code) ? true : null;
  }
}

function compare(code: string, [major, minor]: PythonVersion): boolean | null {
  const platform = /^sys\.platform\s*(==|!=)\s*["'](\w+)["']$/.exec(code);
  if (platform !== null) return (platform[2] === "linux") === (platform[1] === "==");
  const match = /^sys\.version_info(?:\[:2\])?\s*(>=|<=|<|>|==)\s*\(\s*(\d+)\s*,\s*(\d+)?/.exec(code);
  if (match === null) return null;
  const difference = major * 100 + minor - (Number(match[2]) * 100 + Number(match[3] ?? 0));
  switch (match[1]) {
    case ">=":
      return difference >= 0;
    case "<":
      return difference < 0;
    case "<=":
      return difference <= 0;
    case ">":
      return difference > 0;
    default:
      return difference === 0;
  }
}
