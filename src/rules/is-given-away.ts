import { isLibrary, unitOf } from "../project/project.ts";
import type { FunctionFacts } from "../python/facts.ts";
import type { FileView } from "./rule.ts";

/**
 * True when a generator function is named somewhere as what a framework or a decorator calls (`Depends(f)`,
 * `Provide(f)`, `asynccontextmanager(f)`, a fixture): then it is not iterated over by a loop.
 */
export function isGivenAway(file: FileView, { name }: FunctionFacts): boolean {
  const given = new RegExp(
    `\\b(Depends|Security|Provide|Inject|FromDishka|provide|asynccontextmanager|contextmanager|fixture|lifespan|on_event)\\s*[(=][^()]*\\b${name}\\b|\\bdependency_overrides\\b.*\\b${name}\\b|\\b(dependencies|lifespan)\\s*=.*\\b${name}\\b`,
  );
  if (given.test(file.unit.text)) return true;
  const mentioning = file.project.source.filesMentioning?.([name]) ?? null;
  const paths = mentioning ?? [...file.project.units.keys()].filter((path) => !isLibrary(path));
  return paths.some((path) => path !== file.path && given.test(unitOf(file.project, path)?.text ?? ""));
}
