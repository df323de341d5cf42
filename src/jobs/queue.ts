/** A unit of work. Jobs with the same key concern the same thing: only the newest one still matters. */
export interface Job {
  readonly key: string;
  /** For the log: what it is about. */
  readonly label: string;
  run(): Promise<void>;
  /** Called when the job failed for good. */
  giveUp(error: unknown): Promise<void>;
}

/** Where work waits. The webhook is acknowledged as soon as `add` returns. */
export interface Queue {
  add(job: Job): void;
  /** Stops taking jobs and waits until the running and waiting ones are done, those that wait for a retry at once. */
  drain(): Promise<void>;
}
