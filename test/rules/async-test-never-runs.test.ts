import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { applyEdits } from "../../src/fixes/apply-edits.ts";
import type { FileReport } from "../../src/fixes/fix.ts";

const analyser = await createAnalyser();
const STRICT = '[tool.pytest.ini_options]\nasyncio_mode = "strict"\ntestpaths = ["tests"]\n';
const FIXTURE = `import pytest
import pytest_asyncio


@pytest.fixture
async def shop():
    yield 1


@pytest.fixture(scope="module")
async def prices():
    return [1]


@pytest_asyncio.fixture
async def right():
    yield 1


@pytest.mark.asyncio
async def test_shop(shop):
    assert shop


async def test_unmarked(shop):
    assert shop
`;

function check(
  files: Readonly<Record<string, string>>,
  manifests: Readonly<Record<string, string>> | null,
  isAtHand = true,
): FileReport[] {
  const paths = Object.keys(files);
  const tree = {
    paths,
    isAtHand,
    read: (path: string) => ({ id: `${path}\n${files[path]}`, bytes: Buffer.from(files[path] ?? "") }),
    ...(manifests === null
      ? {}
      : { manifests: () => Object.entries(manifests).map(([path, text]) => ({ path, text })) }),
  };
  return [...analyser.check(tree, paths, { rules: ["YS124"] }).reports];
}

function linesOf(reports: readonly FileReport[]): string[] {
  return reports.flatMap(({ diagnostics }) =>
    diagnostics.map(({ location, severity, fix }) => `${location.line} ${severity} ${fix?.grade ?? "none"}`),
  );
}

test("in strict mode, asynchronous fixtures and tests need their marks", () => {
  const reports = check({ "tests/test_shop.py": FIXTURE }, { "pyproject.toml": STRICT });
  expect(linesOf(reports)).toEqual(["6 error A", "11 error A", "25 warning none"]);
  const fixes = reports[0]?.diagnostics.flatMap(({ fix }) => fix?.edits ?? []) ?? [];
  const repaired = applyEdits(FIXTURE, fixes);
  expect(repaired.match(/@pytest_asyncio\.fixture/g)?.length).toBe(3);
  expect(repaired).toContain('@pytest_asyncio.fixture(scope="module")');
});

test.each([
  ["pytest.ini", "[pytest]\ntestpaths = tests\nasyncio_mode = strict\n"],
  ["tox.ini", "[tox]\nenvlist = py\n[pytest]\nasyncio_mode=strict\n[other]\nx = 1\n"],
  ["setup.cfg", "[tool:pytest]\nasyncio_mode = strict\n"],
])("reads the mode from %s", (path, text) => {
  expect(linesOf(check({ "tests/test_shop.py": FIXTURE }, { [path]: text })).length).toBe(3);
});

test.each([
  ["no settings are at hand", null],
  ["the settings say nothing", { "pyproject.toml": "[project]\nname = 'x'\n" }],
  ["the mode is automatic", { "pyproject.toml": STRICT.replace("strict", "auto") }],
  [
    "a command line says so",
    { "pyproject.toml": STRICT, "tox.ini": "[testenv]\ncommands = pytest --asyncio-mode=auto\n" },
  ],
  ["another plugin is installed", { "pyproject.toml": STRICT, "requirements.txt": "pytest-trio==0.8\n" }],
  ["the tests are somewhere else", { "pyproject.toml": STRICT.replace('"tests"', '"checks"') }],
  ["the section is another one", { "setup.cfg": "[pytest]\nasyncio_mode = strict\n" }],
  ["the file cannot be read", { "pyproject.toml": "[[[\nasyncio_mode = strict\n" }],
] as const)("is silent where %s", (_, manifests) => {
  expect(linesOf(check({ "tests/test_shop.py": FIXTURE }, manifests))).toEqual([]);
});

test.each([
  ["anyio's fixture", "def anyio_backend():\n    return 'asyncio'\n"],
  ["a hook", "def pytest_collection_modifyitems(items):\n    pass\n"],
  ["a hook that runs tests", "def pytest_pyfunc_call(pyfuncitem):\n    return True\n"],
])("is silent where the repository has %s", (_, conftest) => {
  const files = { "tests/test_shop.py": FIXTURE, "tests/conftest.py": conftest };
  expect(linesOf(check(files, { "pyproject.toml": STRICT }))).toEqual([]);
});

test("is silent about marks where not every file is at hand", () => {
  expect(linesOf(check({ "tests/test_shop.py": FIXTURE }, { "pyproject.toml": STRICT }, false))).toEqual([]);
});

test("a module's own mark stands for all its tests", () => {
  const text = `${FIXTURE}\n\npytestmark = pytest.mark.asyncio\n`;
  expect(linesOf(check({ "tests/test_shop.py": text }, { "pyproject.toml": STRICT }))).toEqual([
    "6 error A",
    "11 error A",
  ]);
});

test("a base class in another file counts", () => {
  const base = "import unittest\n\n\nclass Base(unittest.TestCase):\n    pass\n";
  const own =
    "from base import Base\n\n\nclass T(Base):\n    async def test_x(self):\n        assert False\n";
  expect(linesOf(check({ "base.py": base, "test_x.py": own }, null))).toEqual(["5 error none"]);
  const runs = `${base}\n    def run(self, result=None):\n        return result\n`;
  expect(linesOf(check({ "base.py": runs, "test_x.py": own }, null))).toEqual([]);
  const isolated = base.replace("unittest.TestCase", "unittest.IsolatedAsyncioTestCase");
  expect(linesOf(check({ "base.py": isolated, "test_x.py": own }, null))).toEqual([]);
});
