import type { GitHubClient } from "../github/client.ts";
import type { Clients } from "./clients.ts";
import { countRequests } from "./count-requests.ts";
import { withDeadline } from "./with-deadline.ts";

/** The part of a logger that jobs need. */
export interface JobLog {
  info(fields: object, message: string): void;
}

/** What a job is about, for its log line. */
export interface JobSubject {
  readonly installation: number;
  /** `owner/name`. */
  readonly repository: string;
  readonly job: string;
  /** Null where the job is not about a certain commit. */
  readonly head: string | null;
}

/**
 * Does the work of a job as its installation, within the deadline, and logs how it ended and what it cost:
 * `{ outcome, requests: { total, byOperation } }`.
 */
export async function runJob(
  clients: Clients,
  log: JobLog,
  subject: JobSubject,
  work: (client: GitHubClient) => Promise<string>,
): Promise<void> {
  const client = await clients(subject.installation);
  const requests = countRequests(client);
  let outcome = "failed";
  try {
    outcome = await withDeadline(client, work);
  } finally {
    log.info(
      { ...subject, outcome, requests: requests() },
      outcome === "failed" ? "job not done" : "job done",
    );
  }
}
