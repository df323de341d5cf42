import { spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import type { GitHub } from "../test/github/start-github.ts";

/** Starts the built server as an operator would, connected to the stand-in. */
export async function startServerProcess(github: GitHub): Promise<{ stop(): Promise<void> }> {
  const port = await freePort();
  const server = spawn(process.execPath, [fileURLToPath(new URL("../dist/server.js", import.meta.url))], {
    stdio: ["ignore", "inherit", "inherit"],
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
    },
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; !(await isHealthy(`${url}/healthz`)); attempt++) {
    if (attempt > 200 || server.exitCode !== null) throw new Error("the server did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  github.deliverTo(`${url}/api/github/webhooks`);
  return {
    async stop() {
      server.kill("SIGTERM");
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

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
