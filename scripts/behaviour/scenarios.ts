import type { FileChanges } from "../../test/github/git-store.ts";
import type { Scenario } from "./scenario.ts";

const REPOSITORY: FileChanges = {
  "app/__init__.py": "",
  "app/repo.py": "async def rows():\n    yield 1\n\n\nasync def save(row):\n    print(row)\n",
};

const CLEAN = "VALUE = 1\n";

/** A file with one mistake: `for` over an async generator. */
function mistake(name = "main"): string {
  return `from app.repo import rows\n\n\nasync def ${name}():\n    for row in rows():\n        print(row)\n`;
}

/** A file with three mistakes that have a repair each. */
const THREE = `from app.repo import rows, save


async def first():
    for row in rows():
        print(row)


async def second():
    save(1)


async def third():
    save(3)
`;

function manyFiles(count: number, text: (name: string) => string): FileChanges {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`app/part_${index}.py`, text(`main_${index}`)]),
  );
}

/** Everything that docs/github-behaviour.md has a row for, in its order. */
export const SCENARIOS: readonly Scenario[] = [
  { name: "nothing is wrong", base: REPOSITORY, change: { "app/api.py": CLEAN }, steps: [] },
  { name: "no Python file changed", base: REPOSITORY, change: { "README.md": "# Shop\n" }, steps: [] },
  { name: "one mistake", base: REPOSITORY, change: { "app/api.py": mistake() }, steps: [] },
  { name: "three mistakes", base: REPOSITORY, change: { "app/api.py": THREE }, steps: [] },
  {
    name: "20 changed files with a mistake each, in a repository of 1,000",
    base: { ...REPOSITORY, ...manyFiles(1_000, () => CLEAN) },
    change: manyFiles(20, mistake),
    steps: [],
  },
  {
    name: "300 changed files, one with a mistake",
    base: REPOSITORY,
    change: { ...manyFiles(299, (name) => `def ${name}():\n    return 1\n`), "app/api.py": mistake() },
    steps: [],
  },
  {
    name: "3,000 changed files, one with a mistake",
    base: REPOSITORY,
    change: { ...manyFiles(2_999, (name) => `def ${name}():\n    return 1\n`), "app/api.py": mistake() },
    steps: [],
  },
  { name: "a fork", base: REPOSITORY, change: { "app/api.py": THREE }, isFork: true, steps: [] },
  {
    name: "a fork: one suggestion of three is committed",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    isFork: true,
    steps: [{ kind: "commit suggestions", count: 1 }],
  },
  {
    name: "a file with CRLF: its three suggestions are committed",
    base: REPOSITORY,
    change: { "app/api.py": THREE.replaceAll("\n", "\r\n") },
    steps: [{ kind: "commit suggestions", count: 3 }],
  },
  {
    name: "a file without line end at its end: its three suggestions are committed",
    base: REPOSITORY,
    change: { "app/api.py": THREE.trimEnd() },
    steps: [{ kind: "commit suggestions", count: 3 }],
  },
  {
    name: "one suggestion of three is committed",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    steps: [{ kind: "commit suggestions", count: 1 }],
  },
  {
    name: "a push to another file",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    steps: [{ kind: "push", files: { "app/other.py": CLEAN } }],
  },
  {
    name: "a push that brings another mistake",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    steps: [{ kind: "push", files: { "app/other.py": mistake() } }],
  },
  {
    name: "a push that corrects one of three by hand",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    steps: [{ kind: "push", files: { "app/api.py": THREE.replace("    save(3)", "    await save(3)") } }],
  },
  {
    name: "a force push with the same files further down",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    steps: [{ kind: "force push", files: { "app/api.py": `"""The API."""\n\n${THREE}` } }],
  },
  {
    name: "the check is run again",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    steps: [{ kind: "re-run" }],
  },
  {
    name: "the webhook is delivered twice",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    steps: [{ kind: "redeliver" }],
  },
];
