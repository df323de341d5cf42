import { createHmac } from "node:crypto";
import { complete } from "./complete.ts";
import type { Description } from "./description.ts";
import { isKnownDeparture } from "./known-departures.ts";

/** A webhook that was sent, or could not be. */
export interface Delivery {
  readonly id: number;
  /** A redelivery has the GUID of the first one. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly body: string;
  readonly installationId: number | null;
  readonly repositoryId: number;
  readonly isRedelivery: boolean;
  deliveredAt: string;
  /** In seconds. */
  duration: number;
  /** 0 before it was sent; without an answer 502 (no connection) or 504 (too late). */
  status: number;
  /** GitHub's word for what happened. */
  outcome: string;
}

/** What belongs to all deliveries of a stand-in. */
export interface Sender {
  readonly secret: string;
  /** An answer has to come within this time: 10 s on github.com (GITHUB.md §5). */
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The payload of an event: what the state says, completed and checked against GitHub's description. */
export function createPayload(
  description: Description,
  event: string,
  known: Record<string, unknown>,
): string {
  const action = typeof known.action === "string" ? known.action : null;
  const schema = description.webhook(event, action);
  if (schema === null) throw new Error(`GitHub's description knows no webhook ${event} ${action ?? ""}`);
  const payload = complete(description, schema, known);
  const problems = description.problems(schema, payload, false).filter((one) => !isKnownDeparture(one));
  if (problems.length > 0) throw new Error(`webhook ${event}: ${problems.slice(0, 5).join("; ")}`);
  return JSON.stringify(payload);
}

/** Posts a delivery, signed over its raw bytes as GitHub signs. GitHub never repeats one that failed. */
export async function send(delivery: Delivery, url: string, sender: Sender): Promise<void> {
  const signature = createHmac("sha256", sender.secret).update(delivery.body).digest("hex");
  const start = performance.now();
  delivery.deliveredAt = new Date().toISOString();
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/0000000",
        "x-github-event": delivery.event,
        "x-github-delivery": delivery.guid,
        "x-github-hook-id": "1",
        "x-hub-signature-256": `sha256=${signature}`,
        ...sender.headers,
      },
      body: delivery.body,
      signal: AbortSignal.timeout(sender.timeoutMs),
    });
    await response.text();
    delivery.status = response.status;
    delivery.outcome = response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`;
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    [delivery.status, delivery.outcome] = isLate ? [504, "timed out"] : [502, "failed to connect to host"];
  }
  delivery.duration = Number(((performance.now() - start) / 1000).toFixed(2));
}
