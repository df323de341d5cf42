import { decoratorNames } from "../project/decorators.ts";
import type { FunctionFacts } from "../python/facts.ts";
import { contains } from "../python/location.ts";
import { importedName } from "./imported-name.ts";
import type { Draft, FileView } from "./rule.ts";

/**
 * Asynchronous fixtures under `@pytest.fixture`, and asynchronous tests without a mark, where the settings say that
 * only what is marked runs. Silent where any file of the repository may run them in another way.
 */
export function* unmarkedTests(file: FileView): Generator<Draft> {
  const { functions, brokenRegions } = file.unit.facts;
  const { path } = file;
  if (!/(^|\/)(conftest|test_[^/]*|[^/]*_test)\.py$/.test(path)) return;
  const candidates = functions.filter((one) => one.isAsync && isCandidate(one));
  if (candidates.length === 0 || !areMarksNeeded(file)) return;
  for (const facts of candidates) {
    if (brokenRegions.some((region) => contains(region, facts.nameSpan))) continue;
    const draft = isFixture(file, facts) ? fixtureDraft(file, facts) : testDraft(file, facts);
    if (draft !== null) yield draft;
  }
}

function isCandidate({ name, decorators }: FunctionFacts): boolean {
  return decorators.length === 0 ? name.startsWith("test_") : decorators.some(isNamedFixture);
}

function isNamedFixture(decorator: FunctionFacts["decorators"][number]): boolean {
  const named = decorator.kind === "call" ? decorator.callee : decorator;
  return (named.kind === "attribute" || named.kind === "name") && named.name === "fixture";
}

// A file with one of these may run asynchronous tests itself, or mark them all.
const OTHER_WAYS = [
  "anyio_backend",
  "anyio",
  "trio",
  "pytest_pyfunc_call",
  "pytest_fixture_setup",
  "pytest_collection_modifyitems",
  "pytest_generate_tests",
  "aiohttp_client",
];

function areMarksNeeded({ project, path }: FileView): boolean {
  const settings = project.source.testSettings?.() ?? null;
  if (settings === null || !settings.needsMarks) return false;
  const folders = settings.testPaths.length > 0 ? settings.testPaths : ["tests", "test"];
  if (!folders.some((folder) => path.startsWith(`${folder.replace(/^\.\/|\/+$/g, "")}/`))) return false;
  return OTHER_WAYS.every((name) => project.source.filesMentioning?.([name])?.length === 0);
}

function isFixture(file: FileView, { decorators, parentScope, start }: FunctionFacts): boolean {
  const [only] = decorators;
  if (decorators.length !== 1 || only === undefined) return false;
  const place = { file: file.path, scope: parentScope, block: 0, at: start };
  return decoratorNames(file.project, only, place).includes("pytest.fixture");
}

function fixtureDraft(file: FileView, { name, nameSpan, decorators, yields }: FunctionFacts): Draft | null {
  const [decorator] = decorators;
  if (decorator === undefined) return null;
  const written = decorator.kind === "call" ? decorator.callee : decorator;
  const known = importedName(file, "pytest_asyncio", "fixture");
  const thing = yields.length > 0 ? "an async generator" : "a coroutine";
  return {
    span: nameSpan,
    message: {
      problem: `The asynchronous fixture \`${name}\` stands under \`@pytest.fixture\`, which does not run it.`,
      reason: `In pytest-asyncio's strict mode, which the settings ask for, tests get ${thing} instead of the value.`,
      remedy: "Use `@pytest_asyncio.fixture`.",
    },
    chain: [],
    repair:
      known === null
        ? null
        : {
            title: "Use `@pytest_asyncio.fixture`",
            grade: "A",
            caution: null,
            steps: [{ kind: "replace", span: { start: written.start, end: written.end }, text: known }],
          },
  };
}

function testDraft(
  file: FileView,
  { name, nameSpan, decorators, parentScope, yields }: FunctionFacts,
): Draft | null {
  const isTopLevel = parentScope === 0;
  if (decorators.length > 0 || !isTopLevel || yields.length > 0) return null;
  if (/\bpytestmark\b/.test(file.unit.text) || file.unit.text.split(name).length !== 2) return null;
  return {
    span: nameSpan,
    message: {
      problem: `The asynchronous test \`${name}\` has no mark that would run it.`,
      reason:
        "In pytest-asyncio's strict mode, which the settings ask for, pytest skips it with a warning, or fails it from version 8.4 on.",
      remedy: "Mark it with `@pytest.mark.asyncio`.",
    },
    chain: [],
    repair: null,
    severity: "warning",
  };
}
