/**
 * A state on the way through a body: how many yields lie behind (2 for more), and how many conditions have to come
 * out in one certain way for it. Two conditions may exclude each other, so only states with at most one are sure.
 */
export type State = number;
/** Makes a state; what is more than can be told apart counts as 2. */
export const state = (yields: number, conditions: number): State =>
  Math.min(yields, 2) * 3 + Math.min(conditions, 2);
/** 0, 1, or 2 for more. */
export const yieldsOf = (one: State): number => Math.floor(one / 3);
/** 0, 1, or 2 for more: then nothing is said. */
export const conditionsOf = (one: State): number => one % 3;

/** Where control may leave a piece of code, with the states it may leave it in. */
export interface Exits {
  readonly fall: Set<State>;
  readonly return: Set<State>;
  readonly break: Set<State>;
  readonly continue: Set<State>;
  /** The body of the `with` statement raised: the exception comes out of the `yield`. */
  readonly thrown: Set<State>;
}

type ExitName = keyof Exits;
/** All of them. */
export const EXIT_NAMES: readonly ExitName[] = ["fall", "return", "break", "continue", "thrown"];

/** No way out yet. */
export function nothing(): Exits {
  return {
    fall: new Set(),
    return: new Set(),
    break: new Set(),
    continue: new Set(),
    thrown: new Set(),
  };
}

/** Adds states. */
export function addAll(target: Set<State>, source: Iterable<State>): void {
  for (const one of source) target.add(one);
}

/** Adds all exits of `source`, but for the named ones. */
export function merge(target: Exits, source: Exits, ...except: readonly ExitName[]): void {
  for (const name of EXIT_NAMES) if (!except.includes(name)) addAll(target[name], source[name]);
}

/** Where nothing was yielded, that is not sure any more. */
export function asUnsure(one: State): State {
  return state(yieldsOf(one), yieldsOf(one) === 0 ? 2 : conditionsOf(one));
}

/** One more condition has to hold. */
export function onCondition(states: Iterable<State>): Set<State> {
  return new Set([...states].map((one) => state(yieldsOf(one), conditionsOf(one) + 1)));
}

/** None of the states is sure any more. */
export function unsure(states: Iterable<State>): Set<State> {
  return new Set([...states].map((one) => state(yieldsOf(one), 2)));
}

/** True when a suite neither yields nor leaves. */
export function isUntouched(exits: Exits, entry: ReadonlySet<State>): boolean {
  const isElsewhere = EXIT_NAMES.some((name) => name !== "fall" && exits[name].size > 0);
  return !isElsewhere && exits.fall.size === entry.size && [...exits.fall].every((one) => entry.has(one));
}
