import { startServer } from "../../src/app/start-server.ts";
import { DEFAULT_RATES, type LimiterOptions } from "../../src/github/limiter.ts";
import type { GitHub } from "../github/start-github.ts";
import { freePort } from "./free-port.ts";

/** Writes follow each other without the pauses that GitHub asks for, which would be most of a test's time. */
const WITHOUT_PAUSES: LimiterOptions = {
  ...DEFAULT_RATES,
  writeInterval: 0,
  creationsPerMinute: Number.POSITIVE_INFINITY,
  creationsPerHour: Number.POSITIVE_INFINITY,
};

interface Options {
  readonly dataDirectory?: string | null;
  /** `DEFAULT_RATES` for those of the product. */
  readonly rates?: LimiterOptions;
}

/** The real server, connected to a stand-in over HTTP in both directions. */
export async function startYieldsign(
  github: GitHub,
  { dataDirectory = null, rates = WITHOUT_PAUSES }: Options = {},
): Promise<{ stop(): Promise<void>; url: string }> {
  const server = await startServer(
    {
      app: { id: github.appId, privateKey: github.privateKey, webhookSecret: github.webhookSecret },
      host: "127.0.0.1",
      port: await freePort(),
      baseUrl: `http://${github.host}/api/v3`,
      logLevel: "fatal",
      dataDirectory,
      sweepMinutes: 0,
    },
    rates,
  );
  const url = `http://127.0.0.1:${server.port}`;
  github.deliverTo(`${url}/api/github/webhooks`);
  return { url, stop: () => server.stop() };
}
