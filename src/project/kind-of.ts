import { capabilitiesOf } from "./capabilities.ts";
import { type Doubt, doubtNames } from "./doubt.ts";
import type { Hop } from "./hop.ts";
import type { Project } from "./project.ts";
import type { Value } from "./values.ts";

/** How sure an answer is. Error rules speak on certain ones only. */
export type Certainty = "certain" | "likely" | "unknown";

/** What is known of a consumed expression, and how. */
export interface Knowledge {
  /** Names of what the value is ("coroutine", "async-context-manager", …), joined by "+"; or "unknown". */
  readonly kind: string;
  readonly certainty: Certainty;
  /** From the use to the definition. */
  readonly chain: readonly Hop[];
  /** What makes a likely answer less than certain. */
  readonly doubts: readonly Doubt[];
}

const NOTHING_KNOWN: Knowledge = { kind: "unknown", certainty: "unknown", chain: [], doubts: [] };

/** Describes a value by what it can do, with the certainty of the answer and its explanation. */
export function kindOf(project: Project, value: Value): Knowledge {
  const kind = kindName(project, value);
  if (kind === null) return NOTHING_KNOWN;
  const doubts = doubtNames(value.doubts ?? 0);
  return { kind, certainty: doubts.length === 0 ? "certain" : "likely", chain: value.hops, doubts };
}

function kindName(project: Project, value: Value): string | null {
  if (value.kind === "coroutine" || value.kind === "async-generator") return value.kind;
  if (value.kind === "unknown") return null;
  const can = capabilitiesOf(project, value);
  const names: string[] = [];
  if (can.coroutine === "yes") names.push("coroutine");
  else if (can.awaitable === "yes") names.push("awaitable");
  if (can.asyncIterable === "yes") names.push("async-iterable");
  if (can.asyncContextManager === "yes") names.push("async-context-manager");
  if (names.length > 0) return names.join("+");
  const isSync = can.awaitable === "no" && can.asyncIterable === "no" && can.asyncContextManager === "no";
  return isSync ? "sync" : null;
}
