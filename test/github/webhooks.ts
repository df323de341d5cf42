import { createHmac, randomUUID } from "node:crypto";
import { complete } from "./complete.ts";
import type { Description } from "./description.ts";

/** A webhook that was sent, or could not be. */
export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly body: string;
  status: number;
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
  const problems = description.problems(schema, payload, false);
  if (problems.length > 0) throw new Error(`webhook ${event}: ${problems.slice(0, 5).join("; ")}`);
  return JSON.stringify(payload);
}

export function newDelivery(event: string, body: string): Delivery {
  const { action = null } = JSON.parse(body) as { action?: string };
  return { guid: randomUUID(), event, action, body, status: 0 };
}

/** Posts a delivery, signed over its raw bytes as GitHub signs. */
export async function send(delivery: Delivery, url: string, secret: string): Promise<void> {
  const signature = createHmac("sha256", secret).update(delivery.body).digest("hex");
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/0000000",
      "x-github-event": delivery.event,
      "x-github-delivery": delivery.guid,
      "x-github-hook-id": "1",
      "x-hub-signature-256": `sha256=${signature}`,
    },
    body: delivery.body,
  });
  await response.text();
  delivery.status = response.status;
}
