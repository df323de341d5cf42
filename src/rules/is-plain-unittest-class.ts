import { decoratorNames } from "../project/decorators.ts";
import { linearize } from "../project/linearize.ts";
import { classOf, isLibrary, libraryModule, methodsOf, unitOf } from "../project/project.ts";
import type { Expression } from "../python/expression.ts";
import type { FileView } from "./rule.ts";

/**
 * True for a class that `unittest` runs as it is: its bases are classes of the repository and `unittest.TestCase`
 * alone, and nothing on the way may run asynchronous methods (another base, a decorator, an own `run`).
 */
export function isPlainUnittestClass(file: FileView, index: number): boolean {
  const { project } = file;
  let isTestCase = false;
  for (const one of linearize(project, { file: file.path, index })) {
    const facts = one === null ? null : classOf(project, one);
    if (one === null || facts === null) return false;
    if (isLibrary(one.file)) {
      if (facts.name !== "TestCase" || libraryModule(one.file) !== "unittest.case") return false;
      isTestCase = true;
      continue;
    }
    const place = { file: one.file, scope: facts.parentScope, block: 0, at: facts.start };
    const isDecorated = facts.decorators.some((decorator) => !isTestMark(file, decorator, place));
    const runs = methodsOf(project, one).some(({ name }) => RUNNERS.has(name));
    const wraps = unitOf(project, one.file)?.text.includes("iscoroutine") ?? true;
    if (isDecorated || runs || wraps) return false;
  }
  return isTestCase;
}

// Whoever writes one of these decides how tests are run.
const RUNNERS = new Set([
  "run",
  "debug",
  "__call__",
  "_callTestMethod",
  "_callSetUp",
  "_callTearDown",
  "__getattribute__",
  "__init_subclass__",
  "__init__",
]);

/** `@pytest.mark.…` and `@mock.patch(…)`: they leave an asynchronous function what it is. */
export function isTestMark(
  { project }: FileView,
  decorator: Expression,
  place: { readonly file: string; readonly scope: number; readonly block: number; readonly at: number },
): boolean {
  return decoratorNames(project, decorator, place).some((name) =>
    /^(pytest\.mark|(unittest\.)?mock\.patch)\b/.test(name),
  );
}
