/** How other tools name a matter of one of our rules. */
export interface Equivalent {
  /** Where the other tool looks for the word. */
  readonly comment: "noqa" | "type: ignore" | "pyright: ignore" | "ty: ignore" | "pylint: disable";
  /** Its code or name. */
  readonly word: string;
  /** Ruff's name of a code, for `# ruff: ignore[name]`; null where ruff has no such rule. */
  readonly ruffName?: string;
  /** Codes of our rules whose findings it silences. */
  readonly silences: readonly string[];
}

/**
 * Suppressions of other tools that are about the very matter of one of our rules, so that what an author has judged
 * once is not said again. Codes that are also about other things are not in it (mypy's `attr-defined`, `misc`,
 * `override`), nor are neighbouring matters: ASYNC102 and ASYNC120 (`await` in a handler that is not shielded),
 * ASYNC900 (every async generator). A bare `# type: ignore` is about types.
 *
 * Sources: ruff's rules, as asked from its own build by a test; flake8-async's docs/rules.rst; mypy's list of error
 * codes; pyright's configuration.md; ty's rules; pylint's message overview.
 */
export const EQUIVALENTS: readonly Equivalent[] = [
  noqa("ASYNC100", ["YS402"], "cancel-scope-no-checkpoint"),
  noqa("ASYNC101", ["YS502"]),
  noqa("ASYNC103", ["YS401"]),
  noqa("ASYNC104", ["YS401"]),
  noqa("ASYNC105", ["YS106"], "trio-sync-call"),
  noqa("ASYNC119", ["YS502"], "yield-in-context-manager-in-async-generator"),
  noqa("ASYNC124", ["YS601"]),
  noqa("ASYNC210", ["YS302"], "blocking-http-call-in-async-function"),
  noqa("ASYNC211", ["YS302"]),
  noqa("ASYNC212", ["YS302"], "blocking-http-call-httpx-in-async-function"),
  noqa("ASYNC220", ["YS303"], "create-subprocess-in-async-function"),
  noqa("ASYNC221", ["YS303"], "run-process-in-async-function"),
  noqa("ASYNC222", ["YS303"], "wait-for-process-in-async-function"),
  noqa("ASYNC230", ["YS304"], "blocking-open-call-in-async-function"),
  noqa("ASYNC231", ["YS304"]),
  noqa("ASYNC232", ["YS304"]),
  noqa("ASYNC240", ["YS304"], "blocking-path-method-in-async-function"),
  noqa("ASYNC250", ["YS304"], "blocking-input-in-async-function"),
  noqa("ASYNC251", ["YS301"], "blocking-sleep-in-async-function"),
  noqa("ASYNC300", ["YS201"]),
  noqa("RUF006", ["YS201"], "asyncio-dangling-task"),
  noqa("RUF029", ["YS601"], "unused-async"),
  noqa("F704", ["YS115"], "yield-outside-function"),
  noqa("PLE1142", ["YS115"], "await-outside-async"),
  noqa("PLE1700", ["YS119"], "yield-from-in-async-function"),
  { comment: "type: ignore", word: "unused-coroutine", silences: ["YS106"] },
  // mypy reports under it everything with `__await__` that is thrown away, tasks and futures included.
  { comment: "type: ignore", word: "unused-awaitable", silences: ["YS106", "YS201", "YS202"] },
  { comment: "type: ignore", word: "await-not-async", silences: ["YS115"] },
  { comment: "type: ignore", word: "top-level-await", silences: ["YS115"] },
  { comment: "pyright: ignore", word: "reportUnusedCoroutine", silences: ["YS106"] },
  { comment: "ty: ignore", word: "unused-awaitable", silences: ["YS106", "YS201", "YS202"] },
  { comment: "ty: ignore", word: "invalid-await", silences: ["YS101", "YS102", "YS112", "YS116"] },
  ...pylint("not-context-manager", "E1129", ["YS109", "YS111", "YS113"]),
  ...pylint("not-an-iterable", "E1133", ["YS103", "YS104", "YS105"]),
  ...pylint("await-outside-async", "E1142", ["YS115"]),
  ...pylint("yield-inside-async-function", "E1700", ["YS119"]),
  ...pylint("not-async-context-manager", "E1701", ["YS110", "YS111", "YS113"]),
  ...pylint("invalid-overridden-method", "W0236", ["YS120"]),
];

function noqa(word: string, silences: readonly string[], ruffName?: string): Equivalent {
  return { comment: "noqa", word, silences, ...(ruffName === undefined ? {} : { ruffName }) };
}

function pylint(name: string, id: string, silences: readonly string[]): Equivalent[] {
  return [name, id].map((word) => ({ comment: "pylint: disable", word, silences }));
}

const TYPED = /#\s*(type|pyright|ty|ruff)\s*:\s*ignore\s*\[([^\]#]*)\]/g;
const PYLINT = /\bpylint\s*:\s*disable\s*=\s*([\w\-, ]+)/g;

/** Codes of our rules that the comment silences in the words of other tools, those of `# noqa: …` excepted. */
export function equivalentsIn(comment: string): string[] {
  const codes: string[] = [];
  for (const [, tool = "", list = ""] of comment.matchAll(TYPED))
    for (const word of wordsOf(list)) codes.push(...silencedBy(`${tool}: ignore`, word));
  for (const [, list = ""] of comment.matchAll(PYLINT))
    for (const word of wordsOf(list)) codes.push(...silencedBy("pylint: disable", word));
  return codes;
}

/** Codes of our rules that a code of another tool in `# noqa: …` silences; as in flake8, it may be a prefix. */
export function equivalentsOfNoqa(code: string): string[] {
  return EQUIVALENTS.filter(
    ({ comment, word }) => comment === "noqa" && word.startsWith(code.toUpperCase()),
  ).flatMap(({ silences }) => silences);
}

function silencedBy(where: string, word: string): string[] {
  if (where === "ruff: ignore") {
    const named = EQUIVALENTS.filter(({ ruffName }) => ruffName === word);
    return [...equivalentsOfNoqa(word), ...named.flatMap(({ silences }) => silences)];
  }
  return EQUIVALENTS.filter((one) => one.comment === where && one.word === word).flatMap(
    ({ silences }) => silences,
  );
}

function wordsOf(list: string): string[] {
  return list.split(/[,\s]+/).filter((word) => word !== "");
}
