import { describe, expect, test } from "vitest";
import { lastCall } from "./evaluate-source.ts";

const PRELUDE = `import asyncio, contextlib, threading, tempfile, zipfile, sqlite3, time
import aiohttp, anyio, asyncpg, httpx, requests, trio
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncResult, AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session


def f(
    session: AsyncSession, connection: AsyncConnection, engine: AsyncEngine, result: AsyncResult, maker: async_sessionmaker,
    client: httpx.AsyncClient, response: httpx.Response, http: aiohttp.ClientSession, answer: aiohttp.ClientResponse,
    pool: asyncpg.Pool, pg: asyncpg.Connection, queue: asyncio.Queue, lock: asyncio.Lock, event: asyncio.Event,
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, task: asyncio.Task,
):
    `;

/** The capabilities that are certain, in the words of RULES.md section 4. */
function kindOf(call: string): string {
  const { capabilities } = lastCall({ "module.py": `${PRELUDE}${call}\n` }, "module.py");
  const { awaitable, coroutine, asyncIterable, asyncContextManager, iterable, contextManager } = capabilities;
  const parts = [
    coroutine === "yes" ? "coroutine" : awaitable === "yes" ? "awaitable" : "",
    asyncIterable === "yes" ? "async iterable" : "",
    asyncContextManager === "yes" ? "async with" : "",
    iterable === "yes" ? "iterable" : "",
    contextManager === "yes" ? "with" : "",
  ];
  const certain = parts.filter((part) => part !== "").join(" + ");
  return certain === "" && awaitable === "no" ? "plain" : certain;
}

describe("awaitable and async with", () => {
  test.each([
    "asyncpg.create_pool()",
    "pool.acquire()",
    "engine.connect()",
    "connection.begin()",
    "connection.begin_nested()",
    "connection.stream()",
    "connection.stream_scalars()",
    "session.begin()",
    "session.begin_nested()",
  ])("%s", (call) => expect(kindOf(call)).toBe("awaitable + async with"));

  test.each(["get", "post", "put", "patch", "delete", "head", "options", "request", "ws_connect"])(
    "ClientSession.%s()",
    (name) => {
      expect(kindOf(`http.${name}()`)).toContain("awaitable + async with");
    },
  );
});

describe("async with only", () => {
  test.each([
    "engine.begin()",
    "maker()",
    "maker.begin()",
    "client.stream()",
    "pg.transaction()",
    "asyncio.timeout(1)",
    "asyncio.timeout_at(1)",
    "asyncio.TaskGroup()",
    "asyncio.Lock()",
    "asyncio.Semaphore()",
    "asyncio.Condition()",
    "trio.open_nursery()",
    "anyio.create_task_group()",
    "httpx.AsyncClient()",
    "aiohttp.ClientSession()",
    "contextlib.aclosing(task)",
    "contextlib.AsyncExitStack()",
  ])("%s", (call) => expect(kindOf(call).replace(" + iterable", "")).toBe("async with"));
});

describe("with only", () => {
  test.each([
    "trio.move_on_after(1)",
    "trio.fail_after(1)",
    "trio.CancelScope()",
    "anyio.move_on_after(1)",
    "anyio.CancelScope()",
    "asyncio.Runner()",
    "httpx.Client()",
    "contextlib.suppress(ValueError)",
    "contextlib.closing(task)",
    "contextlib.ExitStack()",
    "threading.Lock()",
    "threading.RLock()",
    "threading.Condition()",
    "threading.Semaphore()",
    "zipfile.ZipFile('x')",
    "tempfile.TemporaryDirectory()",
    "sqlite3.connect('x')",
    "requests.Session()",
    "Session()",
  ])("%s", (call) => expect(kindOf(call).replace("iterable + ", "")).toBe("with"));

  test("open() is iterable as well, nullcontext() enters both ways", () => {
    expect(kindOf("open('x')")).toBe("iterable + with");
    expect(kindOf("contextlib.nullcontext()")).toBe("async with + with");
  });
});

describe("coroutines that people forget to await", () => {
  const METHODS: Readonly<Record<string, string>> = {
    session:
      "execute scalar scalars get get_one stream stream_scalars commit rollback flush refresh delete merge close connection invalidate reset run_sync",
    connection: "execute scalar scalars commit rollback close run_sync execution_options",
    engine: "dispose raw_connection",
    result: "all first one scalar fetchall fetchone close",
    queue: "get put join",
    lock: "acquire",
    event: "wait",
    reader: "read readline readexactly readuntil",
    writer: "drain wait_closed",
    asyncio:
      "sleep wait_for wait to_thread open_connection start_server create_subprocess_exec create_subprocess_shell",
    client: "get post put patch delete head options request send aclose",
    response: "aread aclose",
    http: "close",
    answer: "json text read",
    asyncpg: "connect",
    pg: "execute executemany fetch fetchrow fetchval prepare close",
    pool: "execute executemany fetch fetchrow fetchval close",
  };
  const calls = Object.entries(METHODS).flatMap(([object, names]) =>
    names.split(" ").map((name) => `${object}.${name}()`),
  );
  test.each(calls)("%s", (call) => expect(kindOf(call)).toBe("coroutine"));
});

describe("plain methods that people await", () => {
  test.each([
    "session.add(1)",
    "session.add_all([])",
    "session.expunge(1)",
    "session.expire(1)",
    "session.is_modified(1)",
    "session.in_transaction()",
    "queue.put_nowait(1)",
    "queue.task_done()",
    "lock.release()",
    "event.set()",
    "event.clear()",
    "writer.write(b'')",
    "writer.close()",
    "task.cancel()",
    "task.add_done_callback(print)",
    "response.raise_for_status()",
    "answer.close()",
    "answer.raise_for_status()",
    "time.sleep(1)",
  ])("%s", (call) => expect(kindOf(call)).toBe("plain"));

  test("AsyncResult.scalars() and mappings() give async iterables, creating a task gives an awaitable", () => {
    expect(kindOf("result.scalars()")).toContain("async iterable");
    expect(kindOf("result.mappings()")).toContain("async iterable");
    expect(kindOf("asyncio.create_task(x)")).toContain("awaitable");
    expect(kindOf("asyncio.gather(x)")).toContain("awaitable");
  });
});

test.each([
  "response.aiter_bytes()",
  "response.aiter_lines()",
  "response.aiter_text()",
  "result.partitions()",
  "reader",
])("%s is iterated with async for", (call) => {
  const { capabilities } = lastCall(
    { "module.py": `${PRELUDE}${call === "reader" ? "asyncio.StreamReader()" : call}\n` },
    "module.py",
  );
  expect([capabilities.asyncIterable, capabilities.awaitable, capabilities.iterable]).toEqual([
    "yes",
    "no",
    "no",
  ]);
});
