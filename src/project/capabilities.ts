import type { Binding } from "../python/facts.ts";
import { linearize } from "./linearize.ts";
import { classOf, isLibrary, libraryModule, type Project, scopeOf, unitOf } from "./project.ts";
import { isStandardLibrary } from "./standard-library.ts";
import type { Instance, Value } from "./values.ts";

type Answer = "yes" | "no" | "unknown";

/** In which ways a value can be consumed. Only "no" (or a certain coroutine) is ever a reason to report. */
export interface Capabilities {
  readonly awaitable: Answer;
  readonly coroutine: Answer;
  readonly asyncIterable: Answer;
  readonly asyncContextManager: Answer;
  readonly iterable: Answer;
  readonly contextManager: Answer;
}

const NOTHING: Capabilities = {
  awaitable: "no",
  coroutine: "no",
  asyncIterable: "no",
  asyncContextManager: "no",
  iterable: "no",
  contextManager: "no",
};

const OPEN: Capabilities = {
  awaitable: "unknown",
  coroutine: "unknown",
  asyncIterable: "unknown",
  asyncContextManager: "unknown",
  iterable: "unknown",
  contextManager: "unknown",
};

/** The six answers about a value; members of a union must agree. */
export function capabilitiesOf(project: Project, value: Value): Capabilities {
  switch (value.kind) {
    case "coroutine":
      return { ...NOTHING, awaitable: "yes", coroutine: "yes" };
    case "async-generator":
      return { ...NOTHING, asyncIterable: "yes" };
    case "generator":
    case "tuple":
      return { ...NOTHING, iterable: "yes" };
    case "async-context-manager":
      return { ...NOTHING, asyncContextManager: "yes" };
    case "context-manager":
      return { ...NOTHING, contextManager: "yes" };
    case "eager-awaitable":
      return { ...OPEN, awaitable: "yes", coroutine: "no" };
    case "none":
      return NOTHING;
    case "function":
    case "overloads":
      return NOTHING;
    case "instance":
      return instanceCapabilities(project, value);
    case "union":
      return value.members.map((member) => capabilitiesOf(project, member)).reduce(agree);
    default:
      return OPEN;
  }
}

function agree(a: Capabilities, b: Capabilities): Capabilities {
  const both = (key: keyof Capabilities): Answer => (a[key] === b[key] ? a[key] : "unknown");
  return {
    awaitable: both("awaitable"),
    coroutine: both("coroutine"),
    asyncIterable: both("asyncIterable"),
    asyncContextManager: both("asyncContextManager"),
    iterable: both("iterable"),
    contextManager: both("contextManager"),
  };
}

function instanceCapabilities(project: Project, value: Instance): Capabilities {
  if (isOpenClass(project, value)) {
    const known = (answer: Answer): Answer => (answer === "yes" ? "yes" : "unknown");
    const own = protocolAnswers(project, value);
    return {
      awaitable: known(own.awaitable),
      coroutine: "unknown",
      asyncIterable: known(own.asyncIterable),
      asyncContextManager: known(own.asyncContextManager),
      iterable: known(own.iterable),
      contextManager: known(own.contextManager),
    };
  }
  return protocolAnswers(project, value);
}

function protocolAnswers(project: Project, value: Instance): Capabilities {
  const has = (name: string): Answer => hasMember(project, value, name);
  const both = (a: Answer, b: Answer): Answer => {
    if (a === "no" || b === "no") return "no";
    return a === "yes" && b === "yes" ? "yes" : "unknown";
  };
  const awaitable = has("__await__");
  const iterates = has("__iter__");
  return {
    awaitable: awaitable === "no" && value.isHearsay ? "unknown" : awaitable,
    coroutine: "no",
    asyncIterable: has("__aiter__"),
    asyncContextManager: both(has("__aenter__"), has("__aexit__")),
    iterable: iterates === "no" ? has("__getitem__") : iterates,
    contextManager: both(has("__enter__"), has("__exit__")),
  };
}

/** Dunder methods are looked up on the class, never on the instance. */
function hasMember(project: Project, value: Instance, name: string): Answer {
  let isOpen = false;
  for (const one of linearize(project, value.reference)) {
    if (one === null) {
      isOpen = true;
      continue;
    }
    const facts = classOf(project, one);
    const scope = facts === null ? null : scopeOf(project, one.file, facts.scope);
    if (facts === null || scope === null) return "unknown";
    const unit = unitOf(project, one.file);
    if (unit?.facts.brokenRegions.some(({ start, end }) => start <= facts.start && facts.start < end))
      return "unknown";
    const bindings = scope.bindings[name];
    if (bindings?.every(isNone)) return "no";
    if (bindings !== undefined)
      return bindings.every(({ target }) => target.kind === "function") ? "yes" : "unknown";
    if (scope.starImports.length > 0 || isAssignedFromOutside(project, facts.name, one.file, name))
      return "unknown";
  }
  return isOpen || isPruned(project, value.reference.file, name) ? "unknown" : "no";
}

/**
 * Tables of packages leave out what leads to nothing asynchronous, and with it protocols of plain values: what
 * they lack is not known. `__enter__: None` in a table says that there is none.
 */
function isPruned(project: Project, file: string, name: string): boolean {
  if (!isLibrary(file)) return false;
  const [top = ""] = libraryModule(file).split(".");
  return !isStandardLibrary(top) && !project.source.completePackages.has(top) && PROTOCOLS.has(name);
}

const PROTOCOLS = new Set([
  "__await__",
  "__aiter__",
  "__aenter__",
  "__aexit__",
  "__iter__",
  "__getitem__",
  "__enter__",
  "__exit__",
]);

/** `__enter__: None` or `__enter__ = None`: Python's way of saying that a class has no such method. */
function isNone({ target }: Binding): boolean {
  if (target.kind !== "value") return false;
  const said = target.annotation ?? target.value;
  return said?.kind === "literal" && said.type === "None";
}

/** `Class.__aenter__ = …` or `setattr(Class, "__aenter__", …)` anywhere in the file of the class. */
function isAssignedFromOutside(project: Project, className: string, file: string, name: string): boolean {
  const key = `${file}#${className}.${name}`;
  let answer = project.outsideAssignments.get(key);
  if (answer === undefined) {
    answer = unitOf(project, file)?.text.includes(`${className}.${name}`) ?? false;
    project.outsideAssignments.set(key, answer);
  }
  return answer;
}

/**
 * Classes that promise less than their objects can do: protocols, abstract classes and `object`. What they
 * lack, an implementation may have.
 */
function isOpenClass(project: Project, value: Instance): boolean {
  if (value.isExact) return false;
  const facts = classOf(project, value.reference);
  if (facts === null) return true;
  if (isLibrary(value.reference.file) && OPEN_MODULES.test(libraryModule(value.reference.file))) return true;
  if (value.reference.file === "facts:builtins.pyi" && facts.name === "object") return true;
  return facts.bases.some((base) => {
    const named = base.kind === "subscript" ? base.object : base;
    const name = named.kind === "name" || named.kind === "attribute" ? named.name : "";
    return name === "Protocol" || name === "ABC";
  });
}

const OPEN_MODULES = /^(typing|typing_extensions|collections\.abc|_collections_abc|abc)$/;
