import { gunzipSync } from "node:zlib";
import nock from "nock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { uploadFindings } from "../../src/app/upload-findings.ts";
import { findingsOf } from "../../src/review/plan-review.ts";
import { LINKS, reviewedFiles } from "../review/review-input.ts";
import { API, createClient, REPOSITORY } from "./client.ts";

const analyser = await createAnalyser();
const client = createClient();

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

const OLD = "async def f():\n    pass\n\n\nasync def old():\n    f()\n";
const files = reviewedFiles(analyser, {
  "a.py": { base: OLD, head: `${OLD}\n\nasync def new():\n    f()\n` },
  "b.py": { base: null, head: "x = 1\n" },
});
const pull = { number: 7, headSha: "h".repeat(40), files, found: findingsOf(files), links: LINKS };

test("code scanning gets what the pull request introduces, in a category of its own", async () => {
  let sent: Record<string, string> = {};
  nock(API)
    .post("/repos/acme/shop/code-scanning/sarifs", (body: Record<string, string>) => {
      sent = body;
      return true;
    })
    .reply(202, {});
  expect(await uploadFindings(client, REPOSITORY, pull)).toBeNull();
  expect(sent).toMatchObject({ ref: "refs/pull/7/head", commit_sha: pull.headSha });
  const document = JSON.parse(gunzipSync(Buffer.from(sent.sarif ?? "", "base64")).toString());
  const [run] = document.runs;
  expect(run.automationDetails).toEqual({ id: "yieldsign/pull/" });
  expect(run.tool.driver.name).toBe("Yieldsign");
  const places = run.results.map(({ ruleId, locations }: { ruleId: string; locations: unknown[] }) => ({
    ruleId,
    locations,
  }));
  expect(places).toMatchObject([
    {
      ruleId: "YS106",
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "a.py" }, region: { startLine: 10, startColumn: 5 } },
        },
      ],
    },
  ]);
});

test("of too many findings the most severe ones go up", async () => {
  const [found] = pull.found;
  if (found === undefined) throw new Error("no finding");
  const many = Array.from({ length: 6_000 }, (_, index) => ({
    ...found,
    diagnostic: { ...found.diagnostic, severity: index < 3_000 ? ("warning" as const) : ("error" as const) },
  }));
  let levels: string[] = [];
  nock(API)
    .post("/repos/acme/shop/code-scanning/sarifs", (body: Record<string, string>) => {
      const text = gunzipSync(Buffer.from(body.sarif ?? "", "base64")).toString();
      levels = JSON.parse(text).runs[0].results.map(({ level }: { level: string }) => level);
      return true;
    })
    .reply(202, {});
  expect(await uploadFindings(client, REPOSITORY, { ...pull, found: many })).toBeNull();
  expect(levels).toHaveLength(5_000);
  expect(levels.filter((level) => level === "error")).toHaveLength(3_000);
});

test("a refusal is one line for the check run", async () => {
  const message = "Advanced Security must be enabled for this repository to use code scanning.";
  nock(API).post("/repos/acme/shop/code-scanning/sarifs").reply(403, { message });
  expect(await uploadFindings(client, REPOSITORY, pull)).toBe(
    "The findings were not uploaded to code scanning: code scanning is not enabled for this repository.",
  );
});
