import type { Expression } from "../python/expression.ts";
import type { CallArguments } from "./call-arguments.ts";
import type { Hop } from "./hop.ts";
import type { Place } from "./project.ts";

/** A definition: the key of its file and its index among that file's functions or classes. */
export interface Reference {
  readonly file: string;
  readonly index: number;
}

interface Known {
  /** Public dotted name through which a library's object was reached ("fastapi.FastAPI.get"). */
  readonly name?: string | undefined;
  /** How we know; grows on the way from the use to the definition. */
  readonly hops: readonly Hop[];
  /** Why the answer is only likely: bits of `DOUBT`; absent or 0 for a certain one. */
  readonly doubts?: number | undefined;
}

/** What an expression evaluates to, as far as it is certain. */
export type Value =
  | (Known & { readonly kind: "unknown" })
  | (Known & {
      readonly kind: "module";
      readonly module: string;
      readonly file: string | null;
      readonly base: string;
    })
  | (Known & FunctionValue)
  | (Known & { readonly kind: "property"; readonly getter: Known & FunctionValue })
  /** Functions of one name under `@overload`, in order. */
  | (Known & { readonly kind: "overloads"; readonly members: readonly FunctionObject[] })
  /** Something that can be called, with no definition of its own: a lambda, `partial(…)`, a `Callable[…]` annotation. */
  | (Known & { readonly kind: "callable"; call(given: CallArguments | null): Value })
  | (Known & {
      readonly kind: "class";
      readonly reference: Reference;
      readonly items: readonly Value[];
      /** It stands for a class or one of its subclasses (`cls`, `type[C]`). */
      readonly isOpen?: boolean;
    })
  /** A `TypeVar` or `ParamSpec`; `bound` is what it is at least. */
  | (Known & { readonly kind: "type-variable"; readonly variable: string; bound(): Value })
  /** A type that is no class: an alias of `Union[…]`, `Callable[…]`, … `instantiate` gives a value of the type. */
  | (Known & TypeForm)
  /** A pytest fixture: not callable; parameters of its name have its value. */
  | (Known & { readonly kind: "fixture"; provide(): Value })
  | (Known & InstanceValue)
  /** `super()` in a method of the class. */
  | (Known & { readonly kind: "super"; readonly reference: Reference })
  | (Known & { readonly kind: "coroutine"; readonly result: Value })
  | (Known & {
      readonly kind: "async-generator";
      readonly element: Value;
      readonly isEndless: boolean;
      readonly definition: Reference | null;
    })
  | (Known & { readonly kind: "generator"; readonly element: Value; readonly returned?: Value })
  | (Known & { readonly kind: "async-context-manager"; readonly entered: Value })
  | (Known & { readonly kind: "context-manager"; readonly entered: Value })
  /** An awaitable whose work runs without being awaited (tornado, twisted). */
  | (Known & { readonly kind: "eager-awaitable" })
  | (Known & { readonly kind: "none" })
  | (Known & { readonly kind: "tuple"; readonly items: readonly Value[] })
  | (Known & { readonly kind: "union"; readonly members: readonly Value[] });

/** What a decorator makes of the result of the function below it. */
export type Wrapping = "async-context-manager" | "context-manager" | "coroutine" | "sync" | "eager-awaitable";

interface FunctionValue {
  readonly kind: "function";
  readonly reference: Reference;
  /** What it is bound to: the instance or class of a method. */
  readonly receiver: Value | null;
  /** Innermost first. */
  readonly wrappings: readonly Wrapping[];
  /** Values of the names around it, for a function made by a call whose arguments are known. */
  readonly closure?: ReadonlyMap<string, Value> | undefined;
}

export interface TypeForm {
  readonly kind: "type-form";
  /** The aliased type, and where it stands. */
  readonly expression: Expression;
  readonly place: Place;
  parameters(): readonly string[];
  instantiate(items: readonly Value[] | null): Value;
}

interface InstanceValue {
  readonly kind: "instance";
  readonly reference: Reference;
  readonly items: readonly Value[];
  /** Constructed in sight: no subclass can hide behind it. */
  readonly isExact: boolean;
  /** For a string that is written out: its text. */
  readonly literal?: string;
  /** Only a return annotation says so, while the body returns something we cannot follow. */
  readonly isHearsay: boolean;
}

export type Instance = Extract<Value, { kind: "instance" }>;
export type FunctionObject = Extract<Value, { kind: "function" }>;

export const UNKNOWN: Value = { kind: "unknown", hops: [] };
export const NONE: Value = { kind: "none", hops: [] };

/** Joins what a name may be; several members stay apart because they may disagree. */
export function unionOf(values: readonly Value[]): Value {
  const members: Value[] = [];
  for (const value of values) {
    for (const member of value.kind === "union" ? value.members : [value]) {
      const at = members.findIndex((known) => known.kind === member.kind);
      const known = members[at];
      const merged = known === undefined ? null : mergeKinds(known, member);
      if (merged !== null) members[at] = merged;
      else if (!members.some((one) => isSameValue(one, member))) members.push(member);
    }
  }
  const [only] = members;
  if (only === undefined) return UNKNOWN;
  if (members.length === 1) return only;
  // Of a library that is not described, or nothing: the name it was reached by is still known.
  const [unknown, another] = members.filter((member) => member.kind !== "none");
  if (unknown?.kind === "unknown" && another === undefined) return unknown;
  if (members.some((member) => member.kind === "unknown")) return UNKNOWN;
  return {
    kind: "union",
    members,
    hops: members.flatMap((member) => member.hops).slice(0, 4),
    doubts: members.reduce((bits, member) => bits | (member.doubts ?? 0), 0),
  };
}

/** Two values of one kind that differ only in what they give are one value of that kind. */
function mergeKinds(left: Value, right: Value): Value | null {
  if (left === right) return left;
  if (left.kind !== right.kind) return null;
  const bits = (left.doubts ?? 0) | (right.doubts ?? 0);
  const a = withDoubts(left, bits);
  const b = right;
  // `import a.b` and `import a.c` bind the same `a`.
  if (a.kind === "module" && b.kind === "module")
    return a.module === b.module && a.file === b.file && a.base === b.base ? a : null;
  if (a.kind === "unknown" && b.kind === "unknown") return a.name === b.name ? a : UNKNOWN;
  if (a.kind === "coroutine" && b.kind === "coroutine")
    return { ...a, result: unionOf([a.result, b.result]) };
  if (a.kind === "generator" && b.kind === "generator")
    return { ...a, element: unionOf([a.element, b.element]) };
  if (a.kind === "async-generator" && b.kind === "async-generator") {
    const isEndless = a.isEndless || b.isEndless;
    return { ...a, element: unionOf([a.element, b.element]), isEndless, definition: null };
  }
  if (a.kind === "async-context-manager" && b.kind === "async-context-manager") {
    return { ...a, entered: unionOf([a.entered, b.entered]) };
  }
  if (a.kind === "context-manager" && b.kind === "context-manager")
    return { ...a, entered: unionOf([a.entered, b.entered]) };
  return null;
}

function isSameValue(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "none" || a.kind === "unknown") return true;
  if ((a.kind === "class" || a.kind === "instance") && (b.kind === "class" || b.kind === "instance")) {
    return (
      a.reference.file === b.reference.file && a.reference.index === b.reference.index && a.items.length === 0
    );
  }
  return a === b;
}

/** The members of a union that an attribute access can reach: `None` has none of interest. */
export function withoutNone(value: Value): Value {
  if (value.kind !== "union") return value;
  return unionOf(value.members.filter((member) => member.kind !== "none"));
}

/** The same value with further hops in front of its own. */
export function withHops<T extends Value>(value: T, hops: readonly Hop[]): T {
  return hops.length === 0 ? value : { ...value, hops: [...hops, ...value.hops].slice(0, 8) };
}

/** Standing for a bare type variable, a value of these kinds is a guess about what the caller means. */
export function isAsyncKind({ kind }: Value): boolean {
  return kind === "coroutine" || kind === "async-generator" || kind === "async-context-manager";
}

/** The same value, less certain by the given bits of `DOUBT`. */
export function withDoubts<T extends Value>(value: T, bits: number): T {
  const known = value.doubts ?? 0;
  return (known | bits) === known || value.kind === "unknown" ? value : { ...value, doubts: known | bits };
}

/** The same value, remembered under the public name it was reached by. */
export function withName<T extends Value>(value: T, name: string | undefined): T {
  return name === undefined || value.name !== undefined ? value : { ...value, name };
}
