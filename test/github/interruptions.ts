import type { LoggedRequest } from "./serve.ts";

/** Something that happens between two requests of the App, once. */
export interface Interruption {
  /** Whether it happens when this request arrives. */
  matches(request: LoggedRequest): boolean;
  act(): unknown;
}

/** Lets what was to happen at this request happen, before the request is looked at. */
export async function interrupt(interruptions: Interruption[], request: LoggedRequest): Promise<void> {
  const at = interruptions.findIndex((one) => one.matches(request));
  const [found] = at === -1 ? [] : interruptions.splice(at, 1);
  await found?.act();
}
