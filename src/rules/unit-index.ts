import type { SourceUnit } from "../project/project.ts";
import type { CallSite } from "../python/facts.ts";

/** What is looked up again and again in one file while it is searched for mentions. */
export interface UnitIndex {
  /** Calls by the end of what they call. */
  readonly calls: ReadonlyMap<number, CallSite>;
  /** Every name that an import binds, and every name that it takes from a module. */
  readonly imported: ReadonlySet<string>;
  /** There is a `from … import *`. */
  readonly hasStarImport: boolean;
}

const indexes = new WeakMap<SourceUnit, UnitIndex>();

/** The index of a file, made when it is first asked for. */
export function indexOf(unit: SourceUnit): UnitIndex {
  const known = indexes.get(unit);
  if (known !== undefined) return known;
  const { calls, scopes } = unit.facts;
  const imported = new Set<string>();
  for (const { bindings } of scopes) {
    for (const [bound, all] of Object.entries(bindings)) {
      for (const { target } of all) {
        if (target.kind === "import" || target.kind === "from-import") imported.add(bound);
        if (target.kind === "from-import") imported.add(target.name);
      }
    }
  }
  const index = {
    calls: new Map(calls.map((call) => [call.expression.callee.end, call])),
    imported,
    hasStarImport: scopes.some(({ starImports }) => starImports.length > 0),
  };
  indexes.set(unit, index);
  return index;
}
