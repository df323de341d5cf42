import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { checkTexts } from "./check-text.ts";

const analyser = await createAnalyser();

function linesOf(main: string): string[] {
  const files = new Map([
    ["repository.py", REPOSITORY],
    ["main.py", main],
  ]);
  return checkTexts(analyser, files).flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ code, location, fix }) => `${path}:${location.line} ${code} ${fix?.grade ?? "none"}`),
  );
}

const REPOSITORY = `class User:
    name: str

class Repository:
    async def __aenter__(self) -> "Repository":
        return self

    async def __aexit__(self, *error):
        return None

    async def load(self) -> User:
        return User()

    def lazy(self) -> User:
        return User()
`;

test("the coroutine may come from a method of another file", () => {
  const main = `from repository import Repository, User

async def load() -> User:
    async with Repository() as repository:
        if repository:
            return repository.lazy()
        return repository.load()

def start(repository: Repository):
    return repository.load()

async def annotated(repository: Repository) -> User:
    return repository.load()
`;
  expect(linesOf(main)).toEqual(["main.py:7 YS206 A", "main.py:13 YS206 A"]);
});

test("an annotation that promises an awaitable is believed", () => {
  const main = `from collections.abc import Awaitable
from decimal import localcontext
from repository import Repository, User

async def load(repository: Repository) -> Awaitable[User]:
    with localcontext(prec=4):
        return repository.load()
`;
  expect(linesOf(main)).toEqual([]);
});
