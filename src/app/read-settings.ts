import { readFileSync } from "node:fs";

/** What the server was told by its environment. */
export interface Settings {
  /** Null while the App is not registered: then `/probot` leads through the registration. */
  readonly app: { readonly id: number; readonly privateKey: string; readonly webhookSecret: string } | null;
  readonly host: string;
  readonly port: number;
  /** REST root of a GitHub Enterprise Server, or null for github.com. */
  readonly baseUrl: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Folder for what outlives the process, or null where nothing does. */
  readonly dataDirectory: string | null;
  /** Minutes between looks for check runs that a crash left in progress; 0 for never. */
  readonly sweepMinutes: number;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;

const DAY_MINUTES = 1_440;

/** A variable of the environment is missing or unusable; the message names it. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/**
 * Reads and checks the server's variables.
 * @throws SettingsError naming the first variable that is wrong. No value of a secret is ever in the message.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const value = (name: string): string | null => environment[name]?.trim() || null;
  const port = Number(value("PORT") ?? "3000");
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new SettingsError("PORT must be a number from 1 to 65535");
  const logLevel = LOG_LEVELS.find((level) => level === (value("LOG_LEVEL") ?? "info"));
  if (logLevel === undefined) throw new SettingsError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}`);
  const sweepMinutes = Number(value("SWEEP_MINUTES") ?? "60");
  if (!Number.isInteger(sweepMinutes) || sweepMinutes < 0 || sweepMinutes > DAY_MINUTES)
    throw new SettingsError(`SWEEP_MINUTES must be a number from 0 to ${DAY_MINUTES}`);
  const protocol = value("GHE_PROTOCOL") ?? "https";
  if (protocol !== "https" && protocol !== "http")
    throw new SettingsError("GHE_PROTOCOL must be https or http");
  const enterprise = value("GHE_HOST");
  return {
    app: readApp(value),
    host: value("HOST") ?? "localhost",
    port,
    baseUrl: enterprise === null ? null : `${protocol}://${enterprise}/api/v3`,
    logLevel,
    dataDirectory: value("YIELDSIGN_DATA_DIR"),
    sweepMinutes,
  };
}

function readApp(value: (name: string) => string | null): Settings["app"] {
  const id = value("APP_ID");
  const privateKey = readPrivateKey(value);
  if (id === null && privateKey === null) return null;
  if (id === null || !/^\d+$/.test(id)) throw new SettingsError("APP_ID must be the App's number");
  if (privateKey === null) throw new SettingsError("PRIVATE_KEY or PRIVATE_KEY_PATH is missing");
  const webhookSecret = value("WEBHOOK_SECRET");
  if (webhookSecret === null)
    throw new SettingsError("WEBHOOK_SECRET is missing: without it anybody could send events");
  if (webhookSecret === "development") {
    throw new SettingsError("WEBHOOK_SECRET is the well-known default; set a secret of your own");
  }
  return { id: Number(id), privateKey, webhookSecret };
}

function readPrivateKey(value: (name: string) => string | null): string | null {
  const path = value("PRIVATE_KEY_PATH");
  let key = value("PRIVATE_KEY");
  if (key === null && path !== null) {
    try {
      key = readFileSync(path, "utf8");
    } catch {
      throw new SettingsError("PRIVATE_KEY_PATH names a file that cannot be read");
    }
  }
  if (key === null) return null;
  const plain = key.includes("-----BEGIN")
    ? key.replaceAll("\\n", "\n")
    : Buffer.from(key, "base64").toString("utf8");
  if (!plain.includes("-----BEGIN"))
    throw new SettingsError("PRIVATE_KEY is not a PEM key (nor one in base64)");
  return plain;
}
