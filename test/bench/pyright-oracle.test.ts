import { expect, test } from "vitest";
import { instrument } from "../../bench/pyright/instrument.ts";
import { compare, revealedClass, revealedKind, revealedType } from "../../bench/pyright/revealed-kind.ts";
import { createLineIndex } from "../../src/python/line-index.ts";
import { createPythonParser } from "../../src/python/parse.ts";

const parser = await createPythonParser(() => performance.now());

test("calls are wrapped where they stand, and their places in the result are known", () => {
  const source = [
    "await a.b(c(1)).d(",
    "    e())",
    "@f(1)",
    "class G(h()):",
    "    i = j(k())",
    "    def l(self: m(), n=o()):",
    "        raise p(q())",
    "super().r()",
    'if isinstance(s(), t): f"{u()}𝄞{v()}"',
    "del w().x",
    "match y():",
    "    case z(): pass",
    "",
  ].join("\n");
  const { text, calls } = instrument(parser.parse(source));
  expect(text.split("\n")).toEqual([
    "await reveal_type(reveal_type(a.b(reveal_type(c(1)))).d(",
    "    reveal_type(e())))",
    "@f(1)",
    "class G(h()):",
    "    i = j(k())",
    "    def l(self: m(), n=reveal_type(o())):",
    "        raise p(reveal_type(q()))",
    "reveal_type(super().r())",
    'if isinstance(reveal_type(s()), t): f"{reveal_type(u())}𝄞{reveal_type(v())}"',
    "del reveal_type(w()).x",
    "match reveal_type(y()):",
    "    case z(): pass",
    "",
  ]);
  const index = createLineIndex(text);
  for (const { call, position } of calls) {
    const [line, column, endLine, endColumn] = position.split(/[:-]/).map(Number);
    const start = index.startOf((line ?? 0) + 1) + (column ?? 0);
    const end = index.startOf((endLine ?? 0) + 1) + (endColumn ?? 0);
    const found = text.slice(start, end);
    expect(text.slice(start - "reveal_type(".length, start)).toBe("reveal_type(");
    expect(text[end]).toBe(")");
    const plain = parser.parse(source).text.slice(call.start, call.end);
    expect(found.replaceAll("reveal_type(", "").replaceAll(")", "")).toBe(plain.replaceAll(")", ""));
  }
});

test.each([
  ["CoroutineType[Any, Any, int | None]", "coroutine"],
  ["AsyncGenerator[int, None]", "async-generator"],
  ["_AsyncGeneratorContextManager[int, None]", "async-context-manager"],
  ["int | None", "sync"],
  ["Repo", "instance"],
  ["Repo | None", "instance"],
  ["Repo | CoroutineType[Any, Any, Repo]", "mixed"],
  ["int | Unknown", "unknown"],
  ["T@f", "unknown"],
  ["(x: int) -> Coroutine[Any, Any, int]", "sync"],
  ["dict[str, (x: int | str) -> None]", "sync"],
])("%s is %s", (type, kind) => {
  expect(revealedKind(type)).toBe(kind);
});

test("reads types and classes out of messages", () => {
  expect(revealedType('Type of "f("a")" is "Literal["b"]"')).toBe('Literal["b"]');
  expect(revealedType("Import could not be resolved")).toBeNull();
  expect(revealedClass("Repo[int | str]")).toBe("Repo");
  expect(revealedClass("Repo | None")).toBeNull();
});

test.each([
  ["coroutine", "coroutine", "agree"],
  ["coroutine", "sync", "disagree"],
  ["async-generator", "coroutine", "disagree"],
  ["sync", "awaitable", "disagree"],
  ["instance", "awaitable+async-context-manager", "open"],
  ["instance", "coroutine", "disagree"],
  ["unknown", "coroutine", "open"],
  ["coroutine", "unknown", "open"],
] as const)("pyright %s, engine %s: %s", (pyright, engine, agreement) => {
  expect(compare(pyright, engine)).toBe(agreement);
});
