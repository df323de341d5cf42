import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** What an App may do, by GitHub's names of permissions. */
export type Permissions = Readonly<Record<string, "read" | "write">>;

/** What an App asks for: permissions, and the events it wants to hear of. */
export interface AppGrant {
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/** Events that the product may come to listen to. */
const FURTHER_EVENTS = ["pull_request_review_thread"];

/** What the product's own App asks for. */
export function readAppGrant(): AppGrant {
  const text = readFileSync(new URL("../../app.yml", import.meta.url), "utf8");
  const manifest = parse(text) as { default_permissions: Permissions; default_events: readonly string[] };
  return {
    permissions: manifest.default_permissions,
    events: [...new Set([...manifest.default_events, ...FURTHER_EVENTS])],
  };
}

/** The permission, of which `read` is enough, that each event takes (github/docs webhook-events-and-payloads.md). */
const PERMISSION_OF: Readonly<Record<string, string>> = {
  check_run: "checks",
  check_suite: "checks",
  issue_comment: "issues",
  merge_group: "merge_queues",
  pull_request: "pull_requests",
  pull_request_review_comment: "pull_requests",
  pull_request_review_thread: "pull_requests",
  push: "contents",
};

/** Whether an installation hears of an event. `checks: write` subscribes to the events of checks by itself (GITHUB.md §3). */
export function hears({ permissions, events }: AppGrant, event: string): boolean {
  const permission = PERMISSION_OF[event];
  if (permission !== undefined && permissions[permission] === undefined) return false;
  return permission === "checks" ? permissions.checks === "write" : events.includes(event);
}
