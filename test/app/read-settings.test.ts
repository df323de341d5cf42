import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readSettings, SettingsError } from "../../src/app/read-settings.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const COMPLETE = { APP_ID: "1", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: "long and secret" };

test("an empty environment leads to the registration", () => {
  expect(readSettings({})).toEqual({
    app: null,
    host: "localhost",
    port: 3000,
    baseUrl: null,
    logLevel: "info",
    dataDirectory: null,
    sweepMinutes: 60,
  });
});

test("a complete environment is read, also with an escaped or base64 key and an Enterprise Server", () => {
  const escaped = {
    ...COMPLETE,
    PRIVATE_KEY: privateKey.replaceAll("\n", "\\n"),
    GHE_HOST: "git.example.com",
    PORT: "8080",
  };
  expect(readSettings(escaped)).toMatchObject({
    app: { id: 1, privateKey },
    baseUrl: "https://git.example.com/api/v3",
    port: 8080,
  });
  const encoded = { ...COMPLETE, PRIVATE_KEY: Buffer.from(privateKey).toString("base64") };
  expect(readSettings(encoded).app?.privateKey).toBe(privateKey);
});

test.each([
  [{ WEBHOOK_SECRET: undefined }, "WEBHOOK_SECRET is missing"],
  [{ WEBHOOK_SECRET: "  " }, "WEBHOOK_SECRET is missing"],
  [{ WEBHOOK_SECRET: "development" }, "WEBHOOK_SECRET is the well-known default"],
  [{ APP_ID: "x" }, "APP_ID must be"],
  [{ PRIVATE_KEY: undefined }, "PRIVATE_KEY or PRIVATE_KEY_PATH is missing"],
  [{ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "/nowhere" }, "PRIVATE_KEY_PATH names a file"],
  [{ PRIVATE_KEY: "nonsense" }, "PRIVATE_KEY is not a PEM key"],
  [{ PORT: "0" }, "PORT must be"],
  [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be"],
  [{ SWEEP_MINUTES: "hourly" }, "SWEEP_MINUTES must be"],
  [{ GHE_PROTOCOL: "ftp" }, "GHE_PROTOCOL must be"],
])("%j is refused by name", (change, words) => {
  expect(() => readSettings({ ...COMPLETE, ...change })).toThrow(SettingsError);
  expect(() => readSettings({ ...COMPLETE, ...change })).toThrow(words);
});

test("the server does not start without a webhook secret, and says why in one line", () => {
  const server = fileURLToPath(new URL("../../dist/server.js", import.meta.url));
  const env = { PATH: process.env.PATH, APP_ID: "1", PRIVATE_KEY: privateKey };
  const { status, stderr } = spawnSync(process.execPath, [server], { env, encoding: "utf8", cwd: "/" });
  expect(status).toBe(1);
  expect(stderr).toBe("yieldsign: WEBHOOK_SECRET is missing: without it anybody could send events\n");
});
