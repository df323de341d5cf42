import { randomUUID } from "node:crypto";
import type { RepositoryState } from "./state.ts";
import { type Delivery, type Sender, send } from "./webhooks.ts";

/** The App's webhook: where it goes, what was sent, and what is held back. */
export interface Hooks {
  readonly deliveries: readonly Delivery[];
  deliverTo(url: string | null): void;
  /** Sends a payload, or keeps it while deliveries are held. */
  deliver(repository: RepositoryState, event: string, body: string): Promise<void>;
  /** Sends it again as a delivery of its own with the same GUID. */
  redeliver(delivery: Delivery): Promise<void>;
  /** From now on deliveries wait: GitHub promises neither an order nor a time (GITHUB.md §5). */
  hold(): void;
  /** Sends what was held, in the order given: positions of the held ones, from 0; all as they came without one. */
  release(order?: readonly number[]): Promise<void>;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
}

export function createHooks(sender: Sender, nextId: () => number): Hooks {
  const deliveries: Delivery[] = [];
  const underway = new Set<Promise<void>>();
  let held: Delivery[] | null = null;
  let target: string | null = null;

  async function dispatch(delivery: Delivery): Promise<void> {
    if (target === null) return;
    const sending = send(delivery, target, sender);
    underway.add(sending);
    await sending;
    underway.delete(sending);
  }

  return {
    deliveries,
    deliverTo(url) {
      target = url;
    },
    async deliver({ id: repositoryId, installationId }, event, body) {
      const { action = null } = JSON.parse(body) as { action?: string };
      const delivery: Delivery = {
        id: nextId(),
        guid: randomUUID(),
        event,
        action,
        body,
        installationId,
        repositoryId,
        isRedelivery: false,
        deliveredAt: new Date().toISOString(),
        duration: 0,
        status: 0,
        outcome: "",
      };
      deliveries.push(delivery);
      if (held === null) await dispatch(delivery);
      else held.push(delivery);
    },
    redeliver(delivery) {
      const again = { ...delivery, id: nextId(), isRedelivery: true, status: 0 };
      deliveries.push(again);
      return dispatch(again);
    },
    hold() {
      held ??= [];
    },
    async release(order) {
      const waiting = held ?? [];
      held = null;
      for (const position of order ?? waiting.keys()) {
        const delivery = waiting[position];
        if (delivery === undefined) throw new Error(`no held delivery ${position}`);
        await dispatch(delivery);
      }
    },
    async settled() {
      await Promise.all(underway);
    },
  };
}
