#!/usr/bin/env node
import { existsSync } from "node:fs";
import { run } from "probot";
import { readSettings, SettingsError } from "./app/read-settings.ts";
import { startServer } from "./app/start-server.ts";

/** How long running jobs may take after the first signal. */
const DRAIN_MS = 20_000;

try {
  // What /probot wrote after the registration, or the operator; variables that are set already win.
  if (existsSync(".env")) process.loadEnvFile();
  const settings = readSettings(process.env);
  if (settings.app === null) {
    // No App yet: Probot's own pages at /probot lead through the registration.
    await run(() => undefined);
  } else {
    const server = await startServer({ ...settings, app: settings.app });
    let isStopping = false;
    const stop = (): void => {
      if (isStopping) process.exit(1);
      isStopping = true;
      setTimeout(() => process.exit(1), DRAIN_MS).unref();
      server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  }
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`yieldsign: ${error.message}\n`);
  process.exitCode = 1;
}
