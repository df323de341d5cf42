import type { FunctionFacts } from "../python/facts.ts";
import { ownNodes } from "../python/own-scope.ts";
import { isGivenAway } from "./is-given-away.ts";
import type { FileView, Rule } from "./rule.ts";
import { quote } from "./sites.ts";
import { enteredCalls, TASK_GROUPS, TIMEOUT_SCOPES } from "./timeout-scopes.ts";

const SCOPES = new Set([...TASK_GROUPS, ...TIMEOUT_SCOPES]);

/** `yield` of an async generator within a task group or a timeout (PEP 789). */
export const yieldInTaskGroup: Rule = {
  name: "yield-in-task-group",
  code: "YS502",
  severity: "warning",
  isOnByDefault: true,
  summary: "An async generator yields inside a task group or a timeout.",
  family: "other",
  *check(file) {
    const reported = new Set<number>();
    for (const { call, body } of enteredCalls(file, SCOPES)) {
      const facts = plainGenerator(file, call.owner);
      if (facts === null || isGivenAway(file, facts)) continue;
      for (const node of ownNodes(body)) {
        if (node.type !== "yield" || !node.isNamed || reported.has(node.start)) continue;
        reported.add(node.start);
        yield {
          span: { start: node.start, end: node.end },
          message: {
            problem: `\`${facts.name}\` yields inside ${quote(file, call)}.`,
            reason:
              "Whoever iterates runs between two `yield`s: what the group or the timeout cancels is then code outside of it, and leaving the loop early closes it in another task.",
            remedy:
              "Let the caller own the group or the timeout, pass the values through a queue, or make the function an `@asynccontextmanager`.",
          },
          chain: [
            {
              path: file.path,
              line: file.unit.locate(call).line,
              text: `${quote(file, call)} is entered around the \`yield\``,
            },
          ],
          repair: null,
        };
      }
    }
  },
};

/** The async generator that runs as this scope, when no decorator makes something else of it. */
function plainGenerator({ unit }: FileView, owner: number): FunctionFacts | null {
  const scope = unit.facts.scopes[owner];
  const facts = scope?.kind === "function" ? unit.facts.functions[scope.subject] : undefined;
  if (facts === undefined || !facts.isAsync || facts.yields.length === 0) return null;
  return facts.decorators.length === 0 ? facts : null;
}
