import { expect, test } from "vitest";
import { createBoundedMap } from "../../src/analysis/bounded-map.ts";

test("what was used longest ago goes first, by size and not by count", () => {
  const memory = createBoundedMap<string>(100);
  memory.set("a", "A", 40);
  memory.set("b", "B", 40);
  expect(memory.get("a")).toBe("A");
  memory.set("c", "C", 60);
  expect([memory.get("a"), memory.get("b"), memory.get("c")]).toEqual(["A", undefined, "C"]);
  expect(memory.bytes).toBe(100);
});

test("a value set again counts once; one that is too large is not kept and displaces nothing", () => {
  const memory = createBoundedMap<string>(100);
  memory.set("a", "A", 60);
  memory.set("a", "A2", 50);
  memory.set("b", "B", 101);
  expect([memory.get("a"), memory.get("b"), memory.bytes]).toEqual(["A2", undefined, 50]);
});
