import { expect, test } from "vitest";
import { kindOf } from "../../src/project/kind-of.ts";
import { unitOf } from "../../src/project/project.ts";
import { projectOf } from "./evaluate-source.ts";

/** What the snippets of these tests start with. */
const PRELUDE = `import abc, asyncio, contextlib, dataclasses, enum, functools, inspect, sys
from typing import (
    Annotated, Any, AsyncGenerator, AsyncIterator, Awaitable, Callable, ClassVar, Coroutine, Dict, Final, Generic, List,
    Literal, NamedTuple, NoReturn, Optional, ParamSpec, Protocol, Tuple, Type, TypeAlias, TypeGuard, TypeVar, Union,
    cast, overload, TYPE_CHECKING,
)

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Repo:
    async def save(self):
        return 1


class Plain:
    def save(self):
        return 1


async def load():
    return 1


def plain():
    return 1

`;

/** The rest of the files beside the one that is asked about, and the path of that one. */
interface Around {
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * What is known of the call in the last statement: its kind when that is certain, the kind and a question mark when
 * it is likely, how it certainly cannot be consumed when it has no kind ("not awaitable"), or "nothing".
 */
function said(code: string, { path = "main.py", files = {} }: Around = {}): string {
  const project = projectOf({ ...files, [path]: PRELUDE + code });
  for (const one of [...Object.keys(files), path]) unitOf(project, one);
  const use = unitOf(project, path)
    ?.facts.uses.filter(({ consumption }) => consumption.way === "discard")
    .at(-1);
  if (use === undefined) throw new Error("the code does not end in a call");
  const { scope, block, start: at } = use;
  const value = project.evaluate(use.expression, { file: path, scope, block, at });
  const { kind, certainty } = kindOf(project, value);
  if (kind !== "unknown") return certainty === "certain" ? kind : `${kind}?`;
  if ((value.doubts ?? 0) !== 0) return "nothing";
  const can = project.capabilities(value);
  const keys = ["awaitable", "asyncIterable", "asyncContextManager"] as const;
  const missing = keys.filter((key) => can[key] === "no");
  return missing.length === 0 ? "nothing" : `not ${missing.join(", ")}`;
}

/** A case: its name, what may be said (alternatives are separated by "or"), the code, the other files. */
export type StudyCase = readonly [name: string, answers: string, code: string, around?: Around];

/** One test a case; those whose names are in `notYet` are known to fail. */
export function study(cases: readonly StudyCase[], notYet: readonly string[] = []): void {
  const failing = new Set(notYet);
  for (const [name, answers, code, around] of cases) {
    const run = failing.delete(name) ? test.fails : test;
    run(name, () => {
      expect(answers.split(" or ")).toContain(said(code, around));
    });
  }
  if (failing.size > 0) throw new Error(`no case is named ${[...failing].join(", ")}`);
}

/** What is known of something that is either a coroutine or None (or another plain value). */
export const MAYBE_COROUTINE = "not asyncIterable, asyncContextManager or nothing";
