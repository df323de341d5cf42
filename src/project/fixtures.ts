import type { FunctionFacts } from "../python/facts.ts";
import { decoratorNames } from "./decorators.ts";
import { DOUBT } from "./doubt.ts";
import { parseAnnotation } from "./parse-annotation.ts";
import { type Place, type Project, scopeOf, unitOf } from "./project.ts";
import { type FunctionObject, UNKNOWN, type Value, withDoubts } from "./values.ts";

/**
 * What pytest passes for a parameter of this name: the fixture of the test's class or module, of the
 * `conftest.py` files on the way to the root, or of a known plugin. Null when the function is not one that
 * pytest calls, or no fixture of the name is known.
 */
export function fixtureValue(
  project: Project,
  name: string,
  user: FunctionFacts,
  file: string,
): Value | null {
  if (!/(^|\/)(conftest|test_[^/]*|[^/]*_tests?)\.py$|(^|\/)tests?\//.test(file)) return null;
  const place: Place = { file, scope: user.parentScope, block: 0, at: user.start };
  const isFixture = user.decorators.some((one) => decoratorNames(project, one, place).some(isFixtureName));
  if (!isFixture && !user.name.startsWith("test")) return null;
  const own = inScope(project, name, user, file);
  if (own !== null) return own;
  for (let folder = parentFolder(file); ; folder = parentFolder(folder)) {
    const conftest = folder === "" ? "conftest.py" : `${folder}/conftest.py`;
    if (conftest !== file && project.modules.hasFile(conftest)) {
      const found = provided(project.exported(conftest, name));
      if (found !== null) return found;
    }
    if (folder === "") break;
  }
  const plugin = project.source.fixtureType(name);
  return plugin === null ? null : withDoubts(libraryType(project, plugin), DOUBT.fixture);
}

/** A value of a type written with full module names: `aiohttp.test_utils.TestClient`. */
function libraryType(project: Project, annotation: string): Value {
  const file = "facts:builtins.pyi";
  const types = new Map<string, Value>();
  for (const [, top] of annotation.matchAll(/(?<![\w.])([A-Za-z_]\w*)\./g)) {
    const found = top === undefined ? null : project.modules.resolve(top, file);
    if (top !== undefined && found !== null)
      types.set(top, {
        kind: "module",
        module: top,
        file: found.file,
        base: found.base,
        name: top,
        hops: [],
      });
  }
  const parsed = parseAnnotation(annotation, 0);
  if (parsed === null) return UNKNOWN;
  return project.evaluateType(parsed, { file, scope: 0, block: 0, at: Number.MAX_SAFE_INTEGER, types });
}

/** Fixtures of the class around the test, then of its module; a fixture may override another of its own name. */
function inScope(project: Project, name: string, user: FunctionFacts, file: string): Value | null {
  const unit = unitOf(project, file);
  const outer = scopeOf(project, file, user.parentScope);
  if (unit === null) return null;
  if (outer?.kind === "class" && user.name !== name) {
    const reference = { file, index: outer.subject };
    const self: Value = {
      kind: "instance",
      reference,
      items: [],
      isExact: false,
      isHearsay: false,
      hops: [],
    };
    const found = provided(project.member(self, name));
    if (found !== null) return found;
  }
  return user.name === name && outer?.kind === "module" ? null : provided(project.exported(file, name));
}

function provided(value: Value | null): Value | null {
  return value?.kind === "fixture" ? value.provide() : null;
}

function parentFolder(path: string): string {
  const at = path.lastIndexOf("/");
  return at === -1 ? "" : path.slice(0, at);
}

function isFixtureName(name: string): boolean {
  return /^(pytest|pytest_asyncio|pytest_asyncio\.plugin)\.(yield_)?fixture$/.test(name);
}

/** The fixture that a decorated function defines: what it yields or returns. */
export function fixtureOf(project: Project, target: FunctionObject & Value): Value {
  return {
    kind: "fixture",
    hops: target.hops,
    provide() {
      const result = project.call(target, null);
      switch (result.kind) {
        case "coroutine":
          return result.result;
        case "async-generator":
        case "generator":
          return result.element;
        default:
          return result;
      }
    },
  };
}
