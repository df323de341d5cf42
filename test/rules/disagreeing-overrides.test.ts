import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { checkText } from "./check-text.ts";

const analyser = await createAnalyser();

/** Codes reported for a call on an object that may be of the class or of one below it. */
function codes(override: string): string[] {
  const text = `from abc import ABC, abstractmethod


class Manager(ABC):
    @abstractmethod
    async def token(self) -> str:
        pass


class Managed(Manager):
    def __init__(self, credential):
        self.credential = credential

    ${override}


async def show(manager: Manager):
    print(manager.token())
`;
  return checkText(analyser, text).diagnostics.map(({ code }) => code);
}

test("an asynchronous override leaves no doubt", () => {
  expect(codes("async def token(self) -> str:\n        return self.credential.token()")).toEqual(["YS107"]);
});

test("a plain override is one, also where only its annotation says what it gives", () => {
  expect(codes('def token(self) -> str:\n        return "x"')).toEqual(["YS120"]);
  expect(codes("def token(self) -> str:\n        return self.credential.token()")).toEqual([]);
  expect(codes("def token(self):\n        return self.credential.token()")).toEqual([]);
});
