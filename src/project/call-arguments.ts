import type { Parameter } from "../python/facts.ts";
import type { Value } from "./values.ts";

/** What a call passes. Values are computed when a parameter asks for them. */
export interface CallArguments {
  /** Up to the first `*`. */
  readonly positional: readonly (() => Value)[];
  readonly keywords: ReadonlyMap<string, () => Value>;
  /** `*args` or `**kwargs` is passed: there may be more than is listed. */
  readonly hasSplat: boolean;
}

/** A parameter and the value that reaches it. */
export interface BoundArgument {
  readonly parameter: Parameter;
  value(): Value;
}

/**
 * Which argument reaches which parameter. `skipped` leading parameters (`self`, `cls`) are bound already.
 * Null when Python would refuse the call.
 */
export function bindArguments(
  parameters: readonly Parameter[],
  given: CallArguments,
  skipped: number,
): BoundArgument[] | null {
  const bound: BoundArgument[] = [];
  const positional = parameters.filter(({ kind }) => kind === "positional").slice(skipped);
  const rest = parameters.find(({ kind }) => kind === "args");
  const more = parameters.find(({ kind }) => kind === "kwargs");
  for (const [index, value] of given.positional.entries()) {
    const parameter = positional[index] ?? rest;
    if (parameter === undefined) return null;
    bound.push({ parameter, value });
  }
  const filled = new Set(positional.slice(0, given.positional.length).map(({ name }) => name));
  for (const [name, value] of given.keywords) {
    if (filled.has(name)) return null;
    const named = parameters.find(
      (one) => one.name === name && (one.kind === "positional" || one.kind === "keyword"),
    );
    const parameter = named ?? more;
    if (parameter === undefined) return null;
    bound.push({ parameter, value });
    filled.add(name);
  }
  if (given.hasSplat) return bound;
  const wanted = [...positional, ...parameters.filter(({ kind }) => kind === "keyword")];
  const isComplete = wanted.every((one) => one.default !== null || filled.has(one.name));
  return isComplete ? bound : null;
}

/** One positional argument, as a decorator gets it. */
export function singleArgument(value: Value): CallArguments {
  return { positional: [() => value], keywords: new Map(), hasSplat: false };
}
