import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { GitHub } from "../github/start-github.ts";
import { freePort } from "./free-port.ts";

interface ServerProcess {
  /** Asks the server to end and answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a crash would: nothing is finished. */
  kill(): Promise<void>;
}

/**
 * Starts the built server as an operator would, connected to the stand-in; without sweeps unless told otherwise.
 * @param log Is given the log's lines, which are shown otherwise.
 */
export async function startServerProcess(
  github: GitHub,
  environment: Readonly<Record<string, string>> = {},
  log: string[] | null = null,
): Promise<ServerProcess> {
  const port = await freePort();
  const server = spawn(process.execPath, [fileURLToPath(new URL("../../dist/server.js", import.meta.url))], {
    stdio: ["ignore", log === null ? "inherit" : "pipe", "inherit"],
    env: {
      ...process.env,
      APP_ID: String(github.appId),
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: github.webhookSecret,
      GHE_HOST: github.host,
      GHE_PROTOCOL: "http",
      HOST: "127.0.0.1",
      PORT: String(port),
      LOG_LEVEL: "error",
      SWEEP_MINUTES: "0",
      ...environment,
    },
  });
  if (server.stdout !== null)
    createInterface({ input: server.stdout }).on("line", (line) => void log?.push(line));
  const ended = new Promise<number | null>((resolve) => server.once("exit", (code) => resolve(code)));
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; !(await isHealthy(`${url}/healthz`)); attempt++) {
    if (attempt > 200 || server.exitCode !== null) throw new Error("the server did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  github.deliverTo(`${url}/api/github/webhooks`);
  return {
    stop() {
      server.kill("SIGTERM");
      return ended;
    },
    async kill() {
      server.kill("SIGKILL");
      await ended;
    },
  };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
