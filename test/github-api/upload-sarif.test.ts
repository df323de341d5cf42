import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import nock from "nock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { uploadSarif } from "../../src/github/upload-sarif.ts";
import { API, createClient, REPOSITORY } from "./client.ts";

const client = createClient();
const route = "/repos/acme/shop/code-scanning/sarifs";
const upload = { commitSha: "h".repeat(40), ref: "refs/pull/7/head", text: '{"version":"2.1.0"}' };

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

test("the document goes up compressed, for a commit and a reference", async () => {
  let sent: Record<string, string> = {};
  nock(API)
    .post(route, (body: Record<string, string>) => {
      sent = body;
      return true;
    })
    .reply(202, { id: "1" });
  expect(await uploadSarif(client, REPOSITORY, upload)).toBeNull();
  const { sarif = "", ...rest } = sent;
  expect(gunzipSync(Buffer.from(sarif, "base64")).toString()).toBe(upload.text);
  expect(rest).toEqual({ commit_sha: upload.commitSha, ref: upload.ref, tool_name: "Yieldsign" });
});

test.each([
  [403, "Resource not accessible by integration", "the App is not permitted to (`security_events: write`)"],
  [
    403,
    "Advanced Security must be enabled for this repository to use code scanning.",
    "code scanning is not enabled for this repository",
  ],
  [
    403,
    "Code scanning is not enabled for this repository.",
    "code scanning is not enabled for this repository",
  ],
  [404, "Not Found", "this repository has no code scanning"],
  [413, "Payload too large", "there are too many of them"],
  [400, "Invalid SARIF", "GitHub did not accept them"],
  [403, "You have exceeded a secondary rate limit.", "GitHub asked to wait"],
  [503, "Service unavailable", "GitHub did not accept them"],
])("a refusal (%i %s) is half a sentence, not an error", async (status, message, words) => {
  nock(API).post(route).reply(status, { message });
  expect(await uploadSarif(client, REPOSITORY, upload)).toBe(words);
});

test("what is too large is not even sent", async () => {
  // Random characters do not compress below three quarters.
  const text = randomBytes(10_500_000).toString("base64");
  expect(await uploadSarif(client, REPOSITORY, { ...upload, text })).toBe("there are too many of them");
});
