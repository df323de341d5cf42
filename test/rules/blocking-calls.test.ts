import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { applyEdits } from "../../src/fixes/apply-edits.ts";
import type { FileReport } from "../../src/fixes/fix.ts";
import { checkText, checkTexts } from "./check-text.ts";

const analyser = await createAnalyser();

const BLOCKING = ["YS301", "YS302", "YS303", "YS304", "YS305", "YS306", "YS307"];

/** Checks the files of a repository with the rules of this family; answers the report of the first one. */
function check(files: Readonly<Record<string, string>>): FileReport {
  const [report] = checkTexts(analyser, new Map(Object.entries(files)), BLOCKING);
  if (report === undefined) throw new Error("no report");
  return report;
}

function codes(text: string): string[] {
  return checkText(analyser, text, BLOCKING).diagnostics.map(({ code, severity }) => `${code} ${severity}`);
}

test("a chain over files names its way and every step of it", () => {
  const { diagnostics } = check({
    "app/api.py":
      "from app.service import Service\n\n\nasync def view(service: Service):\n    service.load(1)\n",
    "app/service.py":
      "from app import store\n\n\nclass Service:\n    def load(self, key):\n        return store.read(key)\n",
    "app/store.py": "import requests\n\n\ndef read(key):\n    return requests.get(key)\n",
    "app/__init__.py": "",
  });
  expect(diagnostics.map(({ code, location }) => `${location.line} ${code}`)).toEqual(["5 YS307"]);
  expect(diagnostics[0]?.message.problem).toBe(
    "`service.load(1)` blocks the event loop: `view → Service.load → read → requests.get`.",
  );
  expect(diagnostics[0]?.chain.map(({ path, line, text }) => `${path}:${line} ${text}`)).toEqual([
    "app/service.py:5 `Service.load` is a plain function",
    "app/service.py:6 it calls `read`",
    "app/store.py:5 here `requests.get` blocks",
  ]);
});

test("objects of other files are known by what made them", () => {
  const { diagnostics } = check({
    "api.py":
      "from clients import mongo, session, Base\n\n\nclass Api(Base):\n    async def load(self):\n        mongo.db.users.find_one()\n        session.get('u')\n        self.db.execute('x')\n",
    "clients.py":
      "import pymongo\nimport requests\nimport sqlite3\n\nmongo = pymongo.MongoClient()\nsession = requests.Session()\n\n\nclass Base:\n    def __init__(self):\n        self.db = sqlite3.connect('f')\n",
  });
  expect(diagnostics.map(({ code, location }) => `${location.line} ${code}`)).toEqual([
    "6 YS305",
    "7 YS302",
    "8 YS305",
  ]);
});

test("a module of the repository is no library of the same name", () => {
  const files = {
    "api.py": "import sh\nimport boto3\n\n\nasync def run():\n    sh.git('x')\n    boto3.client('s').get()\n",
  };
  expect(
    check({ ...files, "sh.py": "def git(x):\n    return x\n", "boto3/__init__.py": "" }).diagnostics,
  ).toEqual([]);
  expect(check(files).diagnostics.length).toBe(2);
});

test("a repository's own queue.py makes the standard library's uncertain", () => {
  const text = "import queue\n\n\nasync def run():\n    queue.Queue().get()\n";
  expect(check({ "api.py": text, "queue.py": "class Queue:\n    def get(self): ...\n" }).diagnostics).toEqual(
    [],
  );
});

test("tests and functions that start a program get notes", () => {
  const sleep = "import time\n\n\nasync def NAME():\n    time.sleep(1)\n    yield\n    time.sleep(2)\n";
  expect(codes(sleep.replace("NAME", "lifespan"))).toEqual(["YS301 info", "YS301 warning"]);
  expect(codes(sleep.replace("NAME", "other"))).toEqual(["YS301 warning", "YS301 warning"]);
  const serving =
    "import asyncio\nimport time\n\n\nasync def main(server):\n    time.sleep(1)\n    await server.serve()\n    time.sleep(2)\n";
  expect(codes(serving)).toEqual(["YS301 info", "YS301 warning"]);
  expect(check({ "tests/test_x.py": sleep }).diagnostics.map(({ severity }) => severity)).toEqual([
    "info",
    "info",
  ]);
});

test("what the file replaces, and what gevent replaces, is left alone", () => {
  const call =
    "import requests\n\n\nasync def test_x(monkeypatch):\n    monkeypatch.setattr(requests, 'get', print)\n    requests.get('u')\n";
  expect(codes(call)).toEqual([]);
  const green =
    "from gevent import monkey\nmonkey.patch_all()\nimport time\n\n\nasync def run():\n    time.sleep(1)\n";
  expect(codes(green)).toEqual([]);
});

test("a lock of threads that is held across an await is an error", () => {
  const text = (body: string): string =>
    `import threading\n\nlock = threading.Lock()\n\n\nasync def run(f):\n    with lock:\n        ${body}\n`;
  expect(codes(text("await f()"))).toEqual(["YS306 error"]);
  expect(codes(text("[x async for x in f()]"))).toEqual(["YS306 error"]);
  expect(codes(text("return lambda: f()"))).toEqual(["YS306 info"]);
});

const VIEW =
  "from django.db import models\n\n\nclass User(models.Model):\n    name = models.CharField()\n\n\nasync def view(request):\n    user = User.objects.filter(name='x').first()\n    for other in User.objects.all():\n        print(other)\n    mine = User()\n    mine.save()\n    return user\n";

/** Checks one file in a repository with these requirements, and applies its repairs. */
function repaired(text: string, requirements: string): string {
  let result = text;
  for (let round = 0; round < 10; round++) {
    const tree = {
      paths: ["m.py"],
      read: () => ({ id: result, bytes: Buffer.from(result) }),
      manifests: () => [{ path: "requirements.txt", text: requirements }],
    };
    const fix = analyser
      .check(tree, ["m.py"], { rules: ["YS305"] })
      .reports[0]?.diagnostics.find((one) => one.fix !== null)?.fix;
    if (fix == null) return result;
    result = applyEdits(result, fix.edits);
  }
  throw new Error("repairs do not come to an end");
}

test("Django's queries get their asynchronous twins where the version has them", () => {
  const all = repaired(VIEW, "django==5.0\n");
  expect(all).toContain("user = await User.objects.filter(name='x').afirst()");
  expect(all).toContain("async for other in User.objects.all():");
  expect(all).toContain("await mine.asave()");
  const older = repaired(VIEW, "django>=4.1,<4.2\n");
  expect(older).toContain("await User.objects.filter(name='x').afirst()");
  expect(older).toContain("    mine.save()");
  expect(repaired(VIEW, "django>=3.2\n")).toBe(VIEW);
  expect(repaired(VIEW, "")).toBe(VIEW);
});

test("a manager of the repository that defines the method itself is left alone", () => {
  const text =
    "from django.db import models\n\n\nclass Manager(models.Manager):\n    async def get(self, pk): ...\n\n\nclass User(models.Model):\n    objects = Manager()\n\n\nasync def view(request):\n    x = User.objects.get(pk=1)\n    return x, User.objects.count()\n";
  expect(codes(text)).toEqual(["YS305 warning"]);
});

test("hostile chains of calls come to an end", () => {
  const many = Array.from(
    { length: 3_000 },
    (_, index) => `def f${index}():\n    f${index + 1}()\n    f${(index * 7) % 3000}()\n`,
  );
  const text = `${many.join("\n")}\n\nasync def run():\n    f0()\n    __proto__()\n    constructor.toString()\n`;
  expect(codes(text)).toEqual([]);
});

test("a file with Windows line ends and tabs keeps them", () => {
  const text = "import asyncio\r\nimport time\r\n\r\n\r\nasync def run():\r\n\ttime.sleep(1)  # wait\r\n";
  const [found] = checkText(analyser, text, BLOCKING).diagnostics;
  expect(applyEdits(text, found?.fix?.edits ?? [])).toBe(text.replace("time.sleep", "await asyncio.sleep"));
});
