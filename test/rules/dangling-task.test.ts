import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { checkTexts } from "./check-text.ts";

const analyser = await createAnalyser();

function linesOf(files: Readonly<Record<string, string>>): string[] {
  return checkTexts(analyser, new Map(Object.entries(files))).flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ code, location }) => `${path}:${location.line} ${code}`),
  );
}

const LOOP = `import asyncio

class Application:
    def __init__(self):
        self.loop = asyncio.new_event_loop()

    @property
    def current(self) -> asyncio.AbstractEventLoop:
        return self.loop
`;

test("the loop may come from another file", () => {
  const main = `from application import Application

async def work():
    return 1

class Service:
    def __init__(self, application: Application):
        self.application = application

    def start(self):
        self.application.loop.create_task(work())
        self.application.current.create_task(work())
`;
  expect(linesOf({ "application.py": LOOP, "main.py": main })).toEqual([
    "main.py:11 YS201",
    "main.py:12 YS201",
  ]);
});

test("a class of the repository may keep the task", () => {
  const tasks = `import asyncio

class Tasks:
    def __init__(self):
        self.running = set()

    def create_task(self, coroutine):
        task = asyncio.create_task(coroutine)
        self.running.add(task)
        return task
`;
  const main = `from tasks import Tasks

async def work():
    return 1

def start(tasks: Tasks):
    tasks.create_task(work())
    Tasks().create_task(work())
`;
  expect(linesOf({ "tasks.py": tasks, "main.py": main })).toEqual([]);
});

test("a coroutine function of another file is started with ensure_future", () => {
  const work = "async def work():\n    return 1\n\ndef cached():\n    return pending\n";
  const main = `import asyncio
from work import cached, work

def start():
    asyncio.ensure_future(work())
    asyncio.ensure_future(cached())
`;
  expect(linesOf({ "work.py": work, "main.py": main })).toEqual(["main.py:5 YS201"]);
});
