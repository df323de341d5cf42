import type { ClassFacts, FunctionFacts } from "../python/facts.ts";
import { contains } from "../python/location.ts";
import { importedName } from "./imported-name.ts";
import { isPlainUnittestClass, isTestMark } from "./is-plain-unittest-class.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { unmarkedTests } from "./unmarked-tests.ts";

/** Asynchronous tests and fixtures that nothing runs, so that the test passes whatever it says. */
export const asyncTestNeverRuns: Rule = {
  name: "async-test-never-runs",
  code: "YS124",
  severity: "error",
  isOnByDefault: true,
  summary: "An asynchronous test or fixture is never run.",
  family: "other",
  *check(file) {
    const { functions, scopes, brokenRegions } = file.unit.facts;
    const classes = new Map<number, boolean>();
    const isPlainCase = (index: number): boolean => {
      const known = classes.get(index) ?? isPlainUnittestClass(file, index);
      classes.set(index, known);
      return known;
    };
    for (const method of functions) {
      if (!method.isAsync || !TESTS.test(method.name) || !isMarkedOnly(file, method)) continue;
      if (brokenRegions.some((region) => contains(region, method.nameSpan))) continue;
      const scope = scopes[method.parentScope];
      const owner = scope?.kind === "class" ? file.unit.facts.classes[scope.subject] : undefined;
      if (method.yields.length > 0) {
        if (isCollected(file, method, owner)) yield generatorDraft(method);
      } else if (scope !== undefined && owner !== undefined && isPlainCase(scope.subject))
        yield unittestDraft(file, method, owner);
    }
    yield* unmarkedTests(file);
  },
};

const TESTS = /^(test|setUp$|tearDown$)/;

function isMarkedOnly(file: FileView, { decorators, parentScope, start }: FunctionFacts): boolean {
  const place = { file: file.path, scope: parentScope, block: 0, at: start };
  return decorators.every((one) => isTestMark(file, one, place));
}

/** A function that pytest or unittest takes for a test: by its name and place, and nothing else mentions it. */
function isCollected(
  file: FileView,
  { name, parentScope }: FunctionFacts,
  owner: ClassFacts | undefined,
): boolean {
  const base = file.path.slice(file.path.lastIndexOf("/") + 1);
  if (!/^test_.*\.py$|_test\.py$/.test(base) || !/^test(_|[A-Z0-9])/.test(name)) return false;
  const isTopLevel = parentScope === 0;
  const isInTests =
    owner !== undefined && owner.parentScope === 0 && /^Test|Tests?$|TestCase$/.test(owner.name);
  const mentions = file.unit.text.split(name).length - 1;
  return (isTopLevel || isInTests) && mentions === 1;
}

function generatorDraft({ name, nameSpan }: FunctionFacts): Draft {
  return {
    span: nameSpan,
    message: {
      problem: `The test \`${name}\` contains \`yield\`, so calling it only makes an async generator.`,
      reason:
        "No test runner iterates over it: the test passes, is skipped or fails without running its body.",
      remedy: "Remove the `yield`; what should happen around the test belongs in a fixture.",
    },
    chain: [],
    repair: null,
  };
}

function unittestDraft(file: FileView, { name, nameSpan }: FunctionFacts, owner: ClassFacts): Draft {
  const isTest = name.startsWith("test");
  return {
    span: nameSpan,
    message: {
      problem: `\`${name}\` is \`async def\` in \`${owner.name}\`, a \`unittest.TestCase\`, which does not await it.`,
      reason: isTest
        ? "The body never runs and the test passes: Python only warns `coroutine … was never awaited`."
        : "The body never runs: Python only warns `coroutine … was never awaited`.",
      remedy: isTest
        ? "Derive the class from `unittest.IsolatedAsyncioTestCase`."
        : `Derive the class from \`unittest.IsolatedAsyncioTestCase\` and name the method \`async${name[0]?.toUpperCase()}${name.slice(1)}\`.`,
    },
    chain: [
      {
        path: file.path,
        line: file.unit.locate(owner.nameSpan).line,
        text: `\`${owner.name}\` is a \`unittest.TestCase\``,
      },
    ],
    repair: isTest ? isolatedRepair(file, owner) : null,
  };
}

/** `unittest.TestCase` → `unittest.IsolatedAsyncioTestCase` in the list of bases. */
function isolatedRepair(file: FileView, owner: ClassFacts): Repair | null {
  const [base] = owner.bases;
  if (owner.bases.length !== 1 || base === undefined) return null;
  const { text } = file.unit;
  const written = text.slice(base.start, base.end);
  const isolated = importedName(file, "unittest", "IsolatedAsyncioTestCase");
  const isTestCase = written === importedName(file, "unittest", "TestCase");
  if (!isTestCase || hasSyncHooks(file, owner)) return null;
  const step = isolated === null ? null : { kind: "replace" as const, span: base, text: isolated };
  return step === null
    ? null
    : {
        title: "Use `unittest.IsolatedAsyncioTestCase`",
        grade: "A",
        caution: "All asynchronous tests of the class now run, and may fail.",
        steps: [{ ...step, span: { start: base.start, end: base.end } }],
      };
}

/** An asynchronous `setUp` or `tearDown` stays wrong in the other class as well. */
function hasSyncHooks({ unit }: FileView, { scope }: ClassFacts): boolean {
  return unit.facts.functions.some(
    ({ parentScope, name, isAsync }) => parentScope === scope && isAsync && /^(setUp|tearDown)$/.test(name),
  );
}
