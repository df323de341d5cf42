/** When something is to be done again and again. Times in milliseconds. */
export interface Schedule {
  /** Before the first time. */
  readonly first: number;
  /** Between the end of one time and the next. */
  readonly interval: number;
}

/**
 * Does something again and again until the signal comes, each time up to a fifth later than planned, so that several
 * machines do not do it together. Never twice at once; keeps no process alive.
 * @param work Must not fail.
 */
export function everySoOften(
  { first, interval }: Schedule,
  signal: AbortSignal,
  work: () => Promise<void>,
): void {
  const later = (milliseconds: number): void => {
    if (signal.aborted) return;
    const timer = setTimeout(
      () => {
        void work().finally(() => later(interval));
      },
      milliseconds * (1 + Math.random() / 5),
    );
    timer.unref();
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  };
  later(first);
}
