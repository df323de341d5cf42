/** Functions and methods that start a task on a coroutine and return it; nothing else keeps it. */
export const TASK_FUNCTIONS: ReadonlySet<string> = new Set([
  "asyncio.create_task",
  "asyncio.ensure_future",
  "asyncio.AbstractEventLoop.create_task",
  "asyncio.BaseEventLoop.create_task",
]);
