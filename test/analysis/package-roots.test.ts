import { expect, test } from "vitest";
import { packageRoots } from "../../src/analysis/package-roots.ts";
import { lastCall } from "../project/evaluate-source.ts";

test.each([
  ["setuptools' package-dir", '[tool.setuptools.package-dir]\n"" = "lib"\n', ["lib"]],
  ["setuptools' find", '[tool.setuptools.packages.find]\nwhere = ["./lib/", "."]\n', ["lib"]],
  ["Poetry", '[tool.poetry]\npackages = [{ include = "app", from = "lib" }, { include = "b" }]\n', ["lib"]],
  ["Hatch", '[tool.hatch.build.targets.wheel]\npackages = ["python/app", "b"]\n', ["python"]],
  ["PDM", '[tool.pdm.build]\npackage-dir = "lib"\n', ["lib"]],
  ["uv", '[tool.uv.build-backend]\nmodule-root = "lib"\n', ["lib"]],
  ["nothing", "[project]\nname = 'x'\n", []],
  ["a folder outside", '[tool.pdm.build]\npackage-dir = "../lib"\n', []],
  ["a broken file", "[tool\n", []],
  ["a setting of another form", "[tool]\nsetuptools = 1\npoetry = { packages = 3 }\n", []],
])("%s", (_, text, roots) => {
  expect(packageRoots([{ path: "pyproject.toml", text }])).toEqual(roots);
});

test("a module is found in a folder that the settings name, although another place is as near", () => {
  const files = {
    "main.py": "from app.repo import load\nload()\n",
    "code/python/app/repo.py": "async def load(): ...\n",
    "old/python/app/repo.py": "def load(): ...\n",
  };
  const settings = { "pyproject.toml": '[tool.setuptools.packages.find]\nwhere = ["code/python"]\n' };
  expect(lastCall(files, "main.py").value.kind).toBe("unknown");
  expect(lastCall({ ...files, ...settings }, "main.py").value.kind).toBe("coroutine");
});
