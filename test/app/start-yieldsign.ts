import { type AddressInfo, createServer } from "node:net";
import { startServer } from "../../src/app/start-server.ts";
import type { GitHub } from "../github/start-github.ts";

/** The real server, connected to a stand-in over HTTP in both directions. */
export async function startYieldsign(github: GitHub): Promise<{ stop(): Promise<void>; url: string }> {
  const server = await startServer({
    app: { id: github.appId, privateKey: github.privateKey, webhookSecret: github.webhookSecret },
    host: "127.0.0.1",
    port: await freePort(),
    baseUrl: `http://${github.host}/api/v3`,
    logLevel: "fatal",
  });
  const url = `http://127.0.0.1:${server.port}`;
  github.deliverTo(`${url}/api/github/webhooks`);
  return { url, stop: () => server.stop() };
}

/** Waits until a state is reached. @throws after ten seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
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
