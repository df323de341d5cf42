import { unclosedAsyncGenerator } from "../../src/rules/unclosed-async-generator.ts";
import { testRule } from "./rule-tester.ts";

const ROWS = "async def rows():\n    try:\n        yield 1\n    finally:\n        print_all()\n";
const BASE =
  "from elsewhere import opened\n\n\nclass Base:\n    async def rows(self):\n        with opened('x'):\n            yield 1\n";

testRule(unclosedAsyncGenerator, {
  correct: [
    {
      name: "a subclass in another file may give another generator",
      source: {
        "base.py": BASE,
        "other.py":
          "from base import Base\n\n\nclass Other(Base):\n    async def rows(self):\n        yield 1\n",
        "main.py":
          "from base import Base\n\n\nasync def first(base: Base):\n    async for row in base.rows():\n        return row\n",
      },
    },
    {
      name: "a generator of a library",
      source:
        "import httpx\n\n\nasync def first(response: httpx.Response):\n    async for line in response.aiter_lines():\n        return line\n",
    },
  ],
  defective: [
    {
      name: "a generator of another file, left in a file with tabs and CRLF",
      source: {
        "rows.py": ROWS,
        "main.py":
          "import contextlib\r\n\r\nfrom rows import rows\r\n\r\n\r\nasync def main():\r\n\tif True:\r\n\t\tasync for ä in rows():\r\n\t\t\tbreak\r\n\t\t\t# behind\r\n\t\t# outside\r\n",
      },
      findings: [
        {
          path: "main.py",
          text: "rows()",
          message: "`break` leaves the loop, and nothing closes `rows()`.",
          grade: "B",
        },
      ],
      output: {
        "main.py":
          "import contextlib\r\n\r\nfrom rows import rows\r\n\r\n\r\nasync def main():\r\n\tif True:\r\n\t\tasync with contextlib.aclosing(rows()) as items:\r\n\t\t\tasync for ä in items:\r\n\t\t\t\tbreak\r\n\t\t\t\t# behind\r\n\t\t# outside\r\n",
      },
    },
    {
      name: "a new object of a class that another one derives from",
      source: {
        "base.py": BASE,
        "other.py":
          "from base import Base\n\n\nclass Other(Base):\n    async def rows(self):\n        yield 1\n",
        "main.py":
          "from base import Base\n\n\nasync def first():\n    async for row in Base().rows():\n        return row\n",
      },
      findings: [
        {
          path: "main.py",
          at: "5:22",
          message: "`return` leaves the loop, and nothing closes `Base().rows()`.",
          grade: "none",
        },
      ],
    },
    {
      name: "names that the function uses are not taken for the generator",
      source: `from contextlib import aclosing\n\n\n${ROWS}\n\nasync def main(items, values):\n    async for row in rows():\n        break\n`,
      findings: [{ at: "12:22", message: /^`break` leaves the loop/, grade: "B" }],
      output: `from contextlib import aclosing\n\n\n${ROWS}\n\nasync def main(items, values):\n    async with aclosing(rows()) as results:\n        async for row in results:\n            break\n`,
    },
    {
      name: "no repair where all names are taken",
      source: `from contextlib import aclosing\n\n\n${ROWS}\n\nasync def main(items, values, results, iterated):\n    async for row in rows():\n        break\n`,
      findings: [{ at: "12:22", message: /^`break` leaves the loop/, grade: "none" }],
    },
  ],
});
