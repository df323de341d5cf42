import { startServer } from "../../src/app/start-server.ts";
import type { GitHub } from "../github/start-github.ts";
import { freePort } from "./free-port.ts";

/** The real server, connected to a stand-in over HTTP in both directions. */
export async function startYieldsign(
  github: GitHub,
  { dataDirectory = null }: { readonly dataDirectory?: string | null } = {},
): Promise<{ stop(): Promise<void>; url: string }> {
  const server = await startServer({
    app: { id: github.appId, privateKey: github.privateKey, webhookSecret: github.webhookSecret },
    host: "127.0.0.1",
    port: await freePort(),
    baseUrl: `http://${github.host}/api/v3`,
    logLevel: "fatal",
    dataDirectory,
    sweepMinutes: 0,
  });
  const url = `http://127.0.0.1:${server.port}`;
  github.deliverTo(`${url}/api/github/webhooks`);
  return { url, stop: () => server.stop() };
}
