import type { GitHub } from "../github/start-github.ts";

/** The first retry of a failure that may pass comes after a second. */
const LONGER_THAN_RETRY_MS = 1_200;

/** Waits until the App has asked for nothing during this time. */
export async function quiet(github: GitHub, milliseconds = LONGER_THAN_RETRY_MS): Promise<void> {
  for (let before = -1; before !== github.requests.length; ) {
    before = github.requests.length;
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}
