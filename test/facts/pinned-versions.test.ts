import { describe, expect, test } from "vitest";
import { changedNames } from "../../src/facts/changed-names.ts";
import { openLibraryFacts } from "../../src/facts/library-facts.ts";
import { mergePins, type Pins, readPins } from "../../src/facts/pinned-versions.ts";
import { exactly, parseConstraint } from "../../src/facts/version-range.ts";

const plain = (pins: Pins): Record<string, string> =>
  Object.fromEntries(
    [...pins].map(([name, { from, to }]) => [name, `${from?.join(".") ?? ""}…${to?.join(".") ?? ""}`]),
  );

describe("readPins", () => {
  test("uv.lock and pylock.toml", () => {
    const text = `version = 1
requires-python = ">=3.12"
[[package]]
name = "anyio"
version = "4.9.0"
[[package]]
name = "Typing_Extensions"
version = "4.12.2"`;
    const expected = { anyio: "4.9.0…4.9.0.0.1", "typing-extensions": "4.12.2…4.12.2.0.1", python: "3.12…" };
    expect(plain(readPins("uv.lock", text))).toEqual(expected);
    expect(plain(readPins("pylock.toml", text.replaceAll("[[package]]", "[[packages]]")))).toEqual(expected);
  });

  test("poetry.lock with a package in two versions, pdm.lock", () => {
    const text = `[[package]]
name = "redis"
version = "4.6.0"
[[package]]
name = "redis"
version = "10.0.1"
[metadata]
python-versions = "^3.10"`;
    expect(plain(readPins("app/poetry.lock", text))).toEqual({ redis: "4.6.0…10.0.1.0.1", python: "3.10…4" });
    const pdm = `[metadata]
requires_python = ">=3.9,<3.13"
[[package]]
name = "httpx"
version = "0.28.1"`;
    expect(plain(readPins("pdm.lock", pdm))).toEqual({ httpx: "0.28.1…0.28.1.0.1", python: "3.9…3.13" });
  });

  test("Pipfile.lock", () => {
    const text = JSON.stringify({
      _meta: { requires: { python_version: "3.11" } },
      default: { aiohttp: { version: "==3.8.4" }, local: { path: "." } },
      develop: { pytest: { version: "==8.0.0" } },
    });
    expect(plain(readPins("Pipfile.lock", text))).toEqual({
      pytest: "8.0.0…8.0.0.0.1",
      aiohttp: "3.8.4…3.8.4.0.1",
      python: "3.11…3.12",
    });
  });

  test("requirements files", () => {
    const text = `# comment
-r base.txt
SQLAlchemy[asyncio]==1.4.46 ; python_version > "3.8"  # pinned
redis>=4.5,<6
anyio ~= 3.6
starlette==0.26.* \\
    --hash=sha256:abc
trio
git+https://github.com/x/y
pkg @ https://example.org/pkg.whl`;
    expect(plain(readPins("requirements-dev.txt", text))).toEqual({
      sqlalchemy: "1.4.46…1.4.46.0.1",
      redis: "4.5…6",
      anyio: "3.6…4",
      starlette: "0.26…0.27",
    });
    expect(readPins("requirements/prod.txt", "redis==5.0").size).toBe(1);
    expect(readPins("notes.txt", "redis==5.0").size).toBe(0);
  });

  test("pyproject.toml of PEP 621 and of poetry", () => {
    const text = `[project]
requires-python = ">=3.10"
dependencies = ["anyio>=4", "httpx", "redis (>=5,<6)"]
[project.optional-dependencies]
db = ["sqlalchemy[asyncio]>=2.0,<2.1"]
[dependency-groups]
dev = ["trio>=0.22", { include-group = "lint" }]
[tool.poetry.dependencies]
starlette = "^0.26"
django = { version = "~5.1", extras = ["argon2"] }
local = { path = "../local" }`;
    expect(plain(readPins("pyproject.toml", text))).toEqual({
      trio: "0.22…",
      sqlalchemy: "2.0…2.1",
      anyio: "4…",
      redis: "5…6",
      starlette: "0.26…0.27",
      django: "5.1…5.2",
      python: "3.10…",
    });
  });

  test("what cannot be read pins nothing", () => {
    expect(readPins("uv.lock", "[[package").size).toBe(0);
    expect(readPins("Pipfile.lock", "{").size).toBe(0);
    expect(readPins("pyproject.toml", "project = 1").size).toBe(0);
    expect(readPins("uv.lock", 'package = ["x"]').size).toBe(0);
  });
});

test("the first file that names a package counts", () => {
  const lock = readPins("uv.lock", '[[package]]\nname = "anyio"\nversion = "3.7.1"');
  const project = readPins("pyproject.toml", '[project]\ndependencies = ["anyio>=3", "trio>=0.20"]');
  expect(plain(mergePins([lock, project]))).toEqual({ anyio: "3.7.1…3.7.1.0.1", trio: "0.20…" });
});

describe("changedNames", () => {
  const changes = openLibraryFacts().changes();
  const holds = (constraint: string, name: string): string | null =>
    changedNames(new Map([["anyio", parseConstraint(constraint)]]), changes)(name)?.holds ?? null;

  test("compares the pinned versions with the table's", () => {
    expect(holds("==3.7.1", "anyio.Event.set")).toBe("before");
    expect(holds("<4", "anyio.Event.set")).toBe("before");
    expect(holds(">=3.6,<5", "anyio.Event.set")).toBe("either");
    expect(holds(">=4", "anyio.Event.set")).toBeNull();
    expect(holds("==4.0.0", "anyio.Event.set")).toBeNull();
    expect(changedNames(new Map(), changes)("anyio.Event.set")?.holds).toBe("either");
  });

  test("knows a name by its defining module and by its call", () => {
    expect(holds("<4", "anyio._core._synchronization.Event.set")).toBe("before");
    expect(holds("<4", "anyio.Event().set")).toBe("before");
    expect(holds("<4", "anyio.Event.wait")).toBeNull();
    expect(holds("<4", "trio.Event.set")).toBeNull();
  });

  test("a table's own version has the new kind", () => {
    const current = new Map([["python", exactly([3, 13])]]);
    expect(changedNames(current, changes)("asyncio.as_completed")).toBeNull();
    expect(
      changedNames(new Map([["python", parseConstraint(">=3.10")]]), changes)("asyncio.as_completed")?.holds,
    ).toBe("either");
  });
});
