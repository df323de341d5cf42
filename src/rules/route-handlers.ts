import type { FunctionFacts } from "../python/facts.ts";
import { namesOf } from "./calls-to.ts";
import type { FileView } from "./rule.ts";

const METHODS = /^(get|post|put|patch|delete|route|api_route)$/;
const ROUTES = /^(fastapi|flask|quart|litestar)\.(.*\.)?(get|post|put|patch|delete|route|api_route)$/;

/** Functions whose result a web framework turns into JSON: `@router.get("/")` of FastAPI, Flask, Quart, Litestar. */
export function* routeHandlers(file: FileView): Generator<FunctionFacts> {
  for (const one of file.unit.facts.functions) {
    const isRoute = one.decorators.some((decorator) => {
      if (decorator.kind !== "call") return false;
      const { callee } = decorator;
      if ((callee.kind !== "attribute" && callee.kind !== "name") || !METHODS.test(callee.name)) return false;
      const position = { scope: one.parentScope, block: 0, start: decorator.start };
      return namesOf(file, callee, position).some((name) => ROUTES.test(name));
    });
    if (isRoute) yield one;
  }
}
