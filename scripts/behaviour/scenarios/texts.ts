import type { FileChanges } from "../../../test/github/git-store.ts";

/** A small package that the changes call. */
export const REPOSITORY: FileChanges = {
  "app/__init__.py": "",
  "app/repo.py": "async def rows():\n    yield 1\n\n\nasync def save(row):\n    print(row)\n",
};

/** Its `app/repo.py` without anything async. */
export const PLAIN = "def rows():\n    return [1]\n\n\ndef save(row):\n    print(row)\n";

export const CLEAN = "VALUE = 1\n";

/** A file with one mistake: `for` over an async generator. */
export function mistake(name = "main"): string {
  return `from app.repo import rows\n\n\nasync def ${name}():\n    for row in rows():\n        print(row)\n`;
}

/** A file with three mistakes that have a repair each. */
export const THREE = `from app.repo import rows, save


async def first():
    for row in rows():
        print(row)


async def second():
    save(1)


async def third():
    save(3)
`;

/** The same with its last mistake corrected. */
export const TWO = THREE.replace("    save(3)", "    await save(3)");

/** A file with mistakes of three rules, none of which can be told from its neighbours by the rule alone. */
export function threeRules(name: string): string {
  return `import time

from app.repo import rows, save


async def ${name}():
    for row in rows():
        print(row)
    save(1)
    time.sleep(1)
`;
}

/** A file in which one rule is broken so many times. */
export function repeated(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => `    save(${index})\n`);
  return `from app.repo import save\n\n\nasync def main():\n${lines.join("")}`;
}

/** So many files in one folder. */
export function manyFiles(count: number, text: (name: string) => string): FileChanges {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`app/part_${index}.py`, text(`main_${index}`)]),
  );
}

/** A file whose import decides what a call far below is. */
export function farCall(module: string): string {
  const between = Array.from({ length: 30 }, (_, index) => `VALUE_${index} = ${index}\n`).join("");
  return `from app.${module} import save\n\n${between}\n\nasync def main():\n    save(1)\n`;
}
