import { describe, expect, test } from "vitest";
import { lastCall } from "../project/evaluate-source.ts";

const PRELUDE = `import asyncio, builtins, concurrent.futures, contextlib, functools, inspect, queue, subprocess, threading
import aiofiles, aiohttp, aiosqlite, anyio, asyncpg, fastapi, httpx, psycopg, psycopg_pool, pymongo, redis, trio, websockets
import redis.asyncio as aioredis
from aiohttp import test_utils, web
from django.db import models
from django.test import AsyncClient, Client
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorCollection, AsyncIOMotorDatabase
from pymongo import AsyncMongoClient
from redis.asyncio.client import Pipeline, PubSub
from sqlalchemy.ext.asyncio import *
from starlette.requests import Request
from starlette.websockets import WebSocket


def f(
    loop: asyncio.AbstractEventLoop, r: aioredis.Redis, pipe: Pipeline, pubsub: PubSub, sync_redis: redis.Redis,
    database: AsyncIOMotorDatabase, collection: AsyncIOMotorCollection, mongo: AsyncMongoClient, request: Request,
    websocket: WebSocket, upload: fastapi.UploadFile, fast: fastapi.Request, queryset: models.QuerySet, model: models.Model,
    manager: models.Manager, pg: psycopg.AsyncConnection, cursor: psycopg.AsyncCursor, pool: psycopg_pool.AsyncConnectionPool,
    sync_pg: psycopg.Connection, lite: aiosqlite.Connection, http: test_utils.TestClient, server: test_utils.TestServer,
    web_request: web.Request, socket: web.WebSocketResponse, pgc: asyncpg.Connection, session: AsyncSession,
    connection: AsyncConnection, tests: AsyncClient, sync_tests: Client, stack: contextlib.AsyncExitStack,
):
    `;

const NAMES = {
  awaitable: "A",
  coroutine: "C",
  asyncIterable: "I",
  asyncContextManager: "E",
  iterable: "i",
  contextManager: "e",
} as const;

/** The certain capabilities as letters; "-" is a certain no, "?" unknown. */
function flagsOf(call: string): string {
  const { capabilities } = lastCall({ "module.py": `${PRELUDE}${call}\n` }, "module.py");
  return Object.entries(NAMES)
    .map(([name, letter]) => {
      const answer = capabilities[name as keyof typeof NAMES];
      return answer === "yes" ? letter : answer === "no" ? "-" : "?";
    })
    .join("");
}

/** What must be answered: awaitable, coroutine, async iterable, async CM, iterable, CM; "." may be anything. */
const EXPECTED: Readonly<Record<string, string>> = {
  // the table of RESOLUTION 2.4 and section 4 of RULES
  "aiohttp.request('GET', 'x')": "---E--",
  "http.get('/')": "A-.E.-",
  "http.ws_connect('/')": "A-.E.-",
  "http.close()": "AC----",
  "server.start_server()": "AC----",
  "web_request.json()": "AC----",
  "web_request.post()": "AC----",
  "socket.prepare(web_request)": "AC----",
  "socket.receive()": "AC----",
  "anyio.open_file('x')": "AC----",
  "trio.open_file('x')": "AC----",
  "anyio.connect_tcp('x', 1)": "AC----",
  "anyio.fail_after(1)": "-----e",
  "anyio.Event().set()": "------",
  "anyio.Lock().release()": "------",
  "anyio.Event().wait()": "AC----",
  "asyncpg.create_pool()": "A--E--",
  "pgc.cursor('x')": "A-I---",
  "pgc.transaction().start()": "AC----",
  "r.get('x')": "AC----",
  "r.hgetall('x')": "AC----",
  "r.pipeline()": "A--E..",
  "r.pubsub()": "---E--",
  "r.lock('x')": "---E--",
  "r.scan_iter()": "--I---",
  "r.aclose()": "AC----",
  "aioredis.Redis()": "A--E..",
  "aioredis.from_url('x')": "A--E..",
  "pipe.set('x', 1)": "??????",
  "pipe.execute()": "AC----",
  "pubsub.listen()": "--I---",
  "pubsub.get_message()": "AC----",
  "sync_redis.get('x')": "??????",
  "collection.find({})": "--IE--",
  "collection.aggregate([])": "--IE--",
  "collection.find_one({})": "A---.-",
  "AsyncIOMotorClient()['db']['items'].find({})": "--IE--",
  "database['items'].insert_one({})": "A---.-",
  "mongo.start_session()": "---E--",
  "mongo.close()": "AC----",
  "mongo['db']['items'].find_one({})": "AC----",
  "async_sessionmaker(1)()": "---Ei-",
  "session.stream('x')": "AC----",
  "connection.stream('x')": "A--E--",
  "loop.run_in_executor(None, print)": "A---.-",
  "asyncio.run_coroutine_threadsafe(1, loop)": "------",
  "asyncio.as_completed([])": "..I.i.",
  "aiofiles.open('x')": "A--E--",
  "aiosqlite.connect('x')": "A--E--",
  "lite.execute('x')": "A--E--",
  "lite.commit()": "AC----",
  "websockets.connect('x')": "A-IE--",
  "request.form()": "A..E..",
  "request.json()": "AC----",
  "request.stream()": "--I---",
  "fast.body()": "AC----",
  "websocket.iter_text()": "--I---",
  "websocket.accept()": "AC----",
  "upload.read()": "AC----",
  // by hand
  "queryset.aget()": "AC----",
  "queryset.filter(a=1).acount()": "AC----",
  "queryset.aiterator()": "--I---",
  "model.asave()": "AC----",
  "model.save()": "------",
  "manager.acreate()": "AC----",
  "manager.all()": "--I.i-",
  "models.Model.objects.aget()": "AC----",
  "tests.get('/')": "AC----",
  "pg.execute('x')": "AC----",
  "pg.transaction()": "---E--",
  "pg.cursor()": "--IE--",
  "cursor.stream('x')": "--I---",
  "cursor.fetchall()": "AC----",
  "psycopg.AsyncConnection.connect('x')": "AC----",
  "psycopg.connect('x')": "-----e",
  "sync_pg.cursor()": "----ie",
  "pool.connection()": "---E--",
  "pool.getconn()": "AC----",
  // the standard library
  "stack.enter_async_context(1)": "AC----",
  "stack.aclose()": "AC----",
  "contextlib.nullcontext()": "---E-e",
  "concurrent.futures.ThreadPoolExecutor()": "-----e",
  "threading.Thread().start()": "------",
  "queue.Queue().get_nowait()": "??????",
  "subprocess.Popen('x')": "----.e",
  "asyncio.Queue().get()": "AC----",
  "asyncio.Barrier(2)": "---E--",
  "asyncio.create_subprocess_exec('x')": "AC----",
  "loop.create_server(1)": "AC----",
  "loop.call_soon(print)": "------",
};

describe("what calls give", () => {
  test.each(Object.entries(EXPECTED))("%s is %s", (call, expected) => {
    expect(flagsOf(call)).toMatch(new RegExp(`^${expected.replaceAll("?", "\\?")}$`));
  });
});
