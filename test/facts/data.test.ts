import { expect, test } from "vitest";
import { openLibraryFacts } from "../../src/facts/library-facts.ts";
import { parseVersion } from "../../src/facts/version-range.ts";
import { lastCall } from "../project/evaluate-source.ts";

const library = openLibraryFacts();

test("fixtures name types that resolve where there is a table", () => {
  const fixtures = library.fixtures();
  expect(fixtures.aiohttp_client?.type).toContain("aiohttp.test_utils.TestClient");
  const known = new Set(library.paths.map((path) => path.split(/[/.]/)[0]));
  for (const [name, { plugin, module, type }] of Object.entries(fixtures)) {
    expect(
      [plugin, module].every((text) => /^[\w.-]+$/.test(text)),
      name,
    ).toBe(true);
    const plainTypes = type.match(/[a-z_]+(\.\w+)+/g) ?? [];
    for (const one of plainTypes.filter(
      (text) => known.has(text.split(".")[0]) && !text.startsWith("typing."),
    )) {
      const root = one.slice(0, one.lastIndexOf("."));
      const text = `import ${root}\n${one}()\n`;
      expect(lastCall({ "module.py": text }, "module.py").value.kind, `${name}: ${one}`).not.toBe("unknown");
    }
  }
});

test("decorators have effects that the engine knows", () => {
  const effects = new Set([
    "transparent",
    "unknown",
    "async-context-manager",
    "context-manager",
    "coroutine",
    "sync",
    "eager-awaitable",
    "property",
    "fixture",
  ]);
  for (const [name, effect] of library.decorators) {
    expect(name).toMatch(/^[a-z_]\w*(\.\w+)*(\.\*)?$/i);
    expect(effects.has(effect), name).toBe(true);
  }
});

test("changes have versions in order", () => {
  for (const [name, changes] of Object.entries(library.changes())) {
    for (const change of changes) {
      expect(parseVersion(change.from), change.name).not.toBeNull();
      expect(parseVersion(change.to), change.name).not.toBeNull();
      expect(change.before).not.toBe(change.after);
      expect(name === "python" || change.name.startsWith(`${name}.`), change.name).toBe(true);
    }
  }
});
