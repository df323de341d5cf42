import { capabilitiesOf } from "../project/capabilities.ts";
import type { FunctionFacts } from "../python/facts.ts";
import { awaitedCallers } from "./awaited-callers.ts";
import { isTestFile } from "./is-test-file.ts";
import type { FileView, Rule } from "./rule.ts";

/** `async def` that awaits nothing and that everybody awaits at once. */
export const unusedAsync: Rule = {
  name: "unused-async",
  code: "YS601",
  severity: "info",
  isOnByDefault: false,
  summary: "An `async def` function awaits nothing, and everyone who calls it awaits it at once.",
  family: "other",
  *check(file) {
    const { functions } = file.unit.facts;
    if (!functions.some(({ isAsync }) => isAsync) || !isJudged(file)) return;
    const waiting = new Set(
      file.unit.facts.placements.filter(({ form }) => WAITS.has(form)).map((one) => one.owner),
    );
    const candidates = functions.filter((facts) => isPlain(file, facts) && !waiting.has(facts.scope));
    for (const facts of candidates.slice(0, MAX_CANDIDATES)) {
      if (hasAwaitable(file, facts)) continue;
      const callers = awaitedCallers(file, facts);
      if (callers === null || callers.every(({ path }) => isTestFile(path))) continue;
      const calls = callers.length === 1 ? "The only call" : `Each of the ${callers.length} calls`;
      yield {
        span: { start: facts.start, end: facts.nameSpan.end },
        message: {
          problem: `\`${facts.name}\` is \`async\` and awaits nothing.`,
          reason: `${calls} in this repository is awaited at once: a coroutine is made for code that never waits.`,
          remedy: `Write \`def ${facts.name}\` and remove \`await\` from its calls, or leave it where it is meant to wait later.`,
        },
        chain: callers.slice(0, 3),
        repair: null,
        unlessMissingAwaitIn: { start: facts.start, end: facts.end },
      };
    }
  },
};

const WAITS: ReadonlySet<string> = new Set(["await", "async-for", "async-with", "async-comprehension"]);

/** Only hostile files have more of them; each is looked for in its whole file. */
const MAX_CANDIDATES = 300;

// A module that looks at its own names may call any function in it.
const LOOKS_AT_ITSELF = /\b(globals|locals|vars|getmembers)\(|\bsys\.modules\b/;

/** Not tests, and not what a package offers to everyone. */
function isJudged({ path, unit }: FileView): boolean {
  const { brokenRegions } = unit.facts;
  if (isTestFile(path) || !path.endsWith(".py") || path.endsWith("__init__.py")) return false;
  return brokenRegions.length === 0 && !LOOKS_AT_ITSELF.test(unit.text);
}

/** A coroutine function with a body that no decorator and no class gives a meaning. */
function isPlain({ unit }: FileView, facts: FunctionFacts): boolean {
  if (!facts.isAsync || facts.yields.length > 0 || facts.isStub || facts.hasMisplacedAwait) return false;
  if (facts.decorators.length > 0 || /^(__.*__|test.*)$/.test(facts.name)) return false;
  return unit.facts.scopes[facts.parentScope]?.kind !== "class";
}

/** Something in the body can be awaited: an `await` may be missing, or the caller awaits what is returned. */
function hasAwaitable({ calls, project, certainValue }: FileView, { scope }: FunctionFacts): boolean {
  return calls.some((call) => {
    if (call.owner !== scope) return false;
    return capabilitiesOf(project, certainValue(call.expression, call)).awaitable === "yes";
  });
}
