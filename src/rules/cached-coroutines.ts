import { functionOf } from "../project/project.ts";
import { qualifiedName } from "../project/qualified-name.ts";
import type { Span } from "../python/location.ts";
import { callsTo } from "./calls-to.ts";
import { REUSE_REASON } from "./reuse-reason.ts";
import type { Draft, FileView } from "./rule.ts";
import { quote } from "./sites.ts";

const CACHES = new Set(["functools.lru_cache", "functools.cache"]);
const CACHED_PROPERTIES = new Set([
  "functools.cached_property",
  "django.utils.functional.cached_property",
  "werkzeug.utils.cached_property",
]);

/** Coroutine functions under a cache that keeps the coroutine object and gives it out again. */
export function* cachedCoroutines(file: FileView): Generator<Draft> {
  const { project, path, unit } = file;
  if (!unit.text.includes("cache")) return;
  for (const { decorators, isAsync, yields, name, parentScope } of unit.facts.functions) {
    // Decorators further in may make something of the coroutine that can be awaited again.
    const innermost = decorators.at(-1);
    if (!isAsync || yields.length > 0 || innermost === undefined) continue;
    const callee = innermost.kind === "call" ? innermost.callee : innermost;
    const place = { file: path, scope: parentScope, block: 0, at: innermost.start };
    const cache = qualifiedName(project, callee, place);
    if (cache === null || !(CACHES.has(cache) || CACHED_PROPERTIES.has(cache))) continue;
    yield draft(innermost, `\`@${cache}\` keeps the coroutine of \`${name}\``, CACHED_PROPERTIES.has(cache));
  }
  for (const { call, name } of callsTo(file, CACHES)) {
    const [first] = call.expression.arguments;
    if (first === undefined || first.name !== null || first.splat) continue;
    const value = file.certainValue(first.value, call);
    if (value.kind !== "function" || value.wrappings.length > 0) continue;
    const facts = functionOf(project, value.reference);
    if (facts?.isAsync !== true || facts.yields.length > 0 || facts.decorators.length > 0) continue;
    yield draft(call, `\`${name}\` keeps the coroutine of ${quote(file, first.value)}`, false);
  }
}

function draft({ start, end }: Span, kept: string, isProperty: boolean): Draft {
  return {
    span: { start, end },
    message: {
      problem: `${kept} and gives it out again.`,
      reason: REUSE_REASON,
      remedy: isProperty
        ? "Keep the result (or a task) in an attribute instead."
        : "Use `async_lru.alru_cache`, or keep the result or a task.",
    },
    chain: [],
    repair: null,
  };
}
