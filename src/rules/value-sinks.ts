import { qualifiedName } from "../project/qualified-name.ts";
import type { CallSite } from "../python/facts.ts";
import { namesOf } from "./calls-to.ts";
import type { FileView } from "./rule.ts";

/** A function that needs the results of its arguments: what it does to a coroutine is known. */
export interface Sink {
  /** As it is known to everybody: "len", "json.dumps". */
  readonly name: string;
  /** "raises": always an exception; "text": the coroutine's own text; "truth": it is always true. */
  readonly effect: "raises" | "text" | "truth";
  /** Looks into lists and dictionaries as well. */
  readonly takesContainers: boolean;
}

const BUILTINS: ReadonlyMap<string, Sink["effect"]> = new Map([
  ...["len", "int", "float", "round", "abs", "sum", "min", "max", "sorted"].map(
    (name) => [name, "raises"] as const,
  ),
  ...["print", "str", "repr", "hash"].map((name) => [name, "text"] as const),
  ...["bool", "any", "all", "filter"].map((name) => [name, "truth"] as const),
]);
const CONTAINERS_OF_BUILTINS = new Set(["print", "str", "repr", "sum", "min", "max", "any", "all"]);

const JSON_FUNCTIONS = new Set(["dump", "dumps"].flatMap((name) => [`json.${name}`, `simplejson.${name}`]));
const PRINTERS = new Set(["pprint", "pp", "pformat"].map((name) => `pprint.${name}`));
const LOG_METHODS = ["debug", "info", "warning", "warn", "error", "critical", "exception", "log"];
const LOGGERS = new Set(
  LOG_METHODS.flatMap((name) => [`logging.${name}`, `logging.Logger.${name}`, `loguru.logger.${name}`]),
);
const RESPONSES = /^(fastapi|starlette|flask|quart|django)\.(.*\.)?(\w*Response|jsonify|render)$/;
// These responses iterate over what they are given, or look it up.
const OTHER_RESPONSES = /\.(Streaming|File|Redirect)\w*$|\.HttpResponseRedirect$|Template/;

const LAST_NAMES = new Set([
  ...BUILTINS.keys(),
  ...[...JSON_FUNCTIONS, ...PRINTERS].map((name) => name.slice(name.indexOf(".") + 1)),
  ...LOG_METHODS,
  "format",
  "jsonify",
  "render",
]);

/** False where a call is certainly none to a sink; costs next to nothing. */
export function mayBeSink({ expression: { callee } }: CallSite): boolean {
  if (callee.kind !== "name" && callee.kind !== "attribute") return false;
  return LAST_NAMES.has(callee.name) || callee.name.endsWith("Response");
}

/** The sink that a call calls, or null. Aliases of the names are not followed. */
export function sinkOf(file: FileView, call: CallSite): Sink | null {
  const { callee } = call.expression;
  if ((callee.kind !== "name" && callee.kind !== "attribute") || !mayBeSink(call)) return null;
  if (callee.kind === "attribute" && callee.name === "format") {
    const receiver = file.certainValue(callee.object, { ...call, start: callee.start });
    const isText = receiver.kind === "instance" && receiver.name === "builtins.str";
    return isText ? { name: "str.format", effect: "text", takesContainers: true } : null;
  }
  const { scope, block, start } = call;
  const imported = qualifiedName(file.project, callee, { file: file.path, scope, block, at: start });
  if (callee.kind === "name" && imported === `builtins.${callee.name}`) {
    const effect = BUILTINS.get(callee.name);
    const takesContainers = CONTAINERS_OF_BUILTINS.has(callee.name);
    return effect === undefined ? null : { name: callee.name, effect, takesContainers };
  }
  if (imported !== null && JSON_FUNCTIONS.has(imported))
    return { name: imported, effect: "raises", takesContainers: true };
  if (imported !== null && PRINTERS.has(imported))
    return { name: imported, effect: "text", takesContainers: true };
  if (imported !== null && RESPONSES.test(imported) && !OTHER_RESPONSES.test(imported)) {
    const name = imported.slice(imported.lastIndexOf(".") + 1);
    return { name, effect: /json/i.test(name) ? "raises" : "text", takesContainers: true };
  }
  if (!LOG_METHODS.includes(callee.name)) return null;
  const logger = namesOf(file, callee, call).find((name) => LOGGERS.has(name));
  return logger === undefined ? null : { name: logger, effect: "text", takesContainers: true };
}
