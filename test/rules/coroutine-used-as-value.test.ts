import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { checkTexts } from "./check-text.ts";

const analyser = await createAnalyser();

function found(files: Readonly<Record<string, string>>): string[] {
  return checkTexts(analyser, new Map(Object.entries(files))).flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ code, location, fix }) => `${path}:${location.line} ${code} ${fix?.grade ?? "none"}`),
  );
}

const MODELS = [
  "class User:",
  '    name: str = ""',
  "",
  "class Context:",
  "    @property",
  "    async def user(self) -> User:",
  "        return User()",
  "",
  "    async def load(self) -> User:",
  "        return User()",
  "",
].join("\n");

test("follows the definition into another file", () => {
  const main = [
    "from models import Context",
    "async def show(context: Context):",
    "    user = context.load()",
    "    return context.load().name, user.name",
    "",
  ].join("\n");
  expect(found({ "models.py": MODELS, "main.py": main })).toEqual(["main.py:3 YS107 A", "main.py:4 YS107 A"]);
});

test("knows the async properties of another file", () => {
  const main = [
    "from models import Context",
    "async def show(context: Context, other):",
    "    context.load()",
    "    return context.user.name, other.user.name",
    "",
  ].join("\n");
  expect(found({ "models.py": MODELS, "main.py": main })).toEqual(["main.py:3 YS106 A", "main.py:4 YS107 A"]);
});

test("is silent in synchronous code of a repository that runs its coroutines by itself", () => {
  const sync = [
    "def wrap(cls, name):",
    "    method = getattr(cls, name)",
    "    if asyncio.iscoroutinefunction(method):",
    "        setattr(cls, name, lambda *a: loop.run_until_complete(method(*a)))",
    "",
  ].join("\n");
  const main =
    "import sync\nfrom models import Context\ndef show(context: Context):\n    return context.load().name\n";
  expect(found({ "models.py": MODELS, "main.py": main })).toEqual(["main.py:4 YS107 none"]);
  expect(found({ "models.py": MODELS, "sync.py": sync, "main.py": main })).toEqual([]);
});

test("a name that is bound in many places and a deep expression end in time", () => {
  const deep = `${"(".repeat(200)}get()${")".repeat(200)}.name`;
  const many = Array.from({ length: 40 }, () => "    x = get()\n    x.name").join("\n");
  const text = `async def get():\n    return 1\nasync def run():\n${many}\n    return ${deep}\n`;
  expect(found({ "main.py": text }).length).toBe(41);
});
