/** What CPython does when a coroutine is awaited for the second time (measured on 3.11). */
export const REUSE_REASON =
  "A coroutine runs once: the second `await` raises `RuntimeError: cannot reuse already awaited coroutine`.";
