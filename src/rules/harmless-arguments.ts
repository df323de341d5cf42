import type { CallSite } from "../python/facts.ts";

/**
 * True for calls that do not wait because of their arguments: `sleep(0)`, `get(block=False)`, `acquire(False)`,
 * `wait(timeout=0)`, `os.spawnv(os.P_NOWAIT, …)`, a database in memory.
 */
export function isHarmless(text: string, { expression }: CallSite, names: readonly string[]): boolean {
  const argument = (position: number, ...keywords: readonly string[]): string | undefined => {
    const named = expression.arguments.find(({ name }) => name !== null && keywords.includes(name));
    const positional = expression.arguments.filter(({ name }) => name === null)[position];
    const found = named ?? positional;
    return found === undefined ? undefined : text.slice(found.value.start, found.value.end);
  };
  const is = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (is(/^time\.sleep$/)) return isZero(argument(0));
  if (is(/\bos\.spawn\w+$/)) return /\bP_NOWAITO?$/.test(argument(0) ?? "");
  if (is(/\bsqlite3\b.*\.connect$/)) return /^["']:memory:["']$/.test(argument(0, "database") ?? "");
  if (is(/\.acquire$/)) return argument(0, "blocking", "block") === "False" || isZero(argument(1, "timeout"));
  if (is(/queue\w*\..*\.get$|Queue(\(\))?\.get$/i))
    return argument(0, "block") === "False" || isZero(argument(1, "timeout"));
  if (is(/queue\w*\..*\.put$|Queue(\(\))?\.put$/i))
    return argument(1, "block") === "False" || isZero(argument(2, "timeout"));
  if (is(/\b(threading|multiprocessing|concurrent)\b.*\.(wait|join|result|exception)$/))
    return isZero(argument(Number.POSITIVE_INFINITY, "timeout") ?? argument(0));
  return false;
}

function isZero(text: string | undefined): boolean {
  return text !== undefined && /^0(\.0*)?$/.test(text);
}
