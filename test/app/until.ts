/** Waits until a state is reached. @throws after 50 seconds, before the limit of a test. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 50_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
