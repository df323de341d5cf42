/** A function of a library that calls what it is given and does not await what comes back. */
export interface CallbackSink {
  /** Position of the callback among the positional arguments; -1 where it is only passed by keyword. */
  readonly position: number;
  readonly keyword: string | null;
  /** What becomes of the coroutine. */
  readonly fate: Fate;
}

/**
 * "dropped": nobody keeps it. "tested": its truth is taken. "compared": it is a sort key. "result": it is what
 * the caller gets. "items": it is an item of what the caller gets. "folded": it is the next call's argument.
 * "text": it should be a string. "default": it is the missing item.
 */
export type Fate = "dropped" | "tested" | "compared" | "result" | "items" | "folded" | "text" | "default";

const LOOPS = ["AbstractEventLoop", "BaseEventLoop", "BaseSelectorEventLoop", "_UnixSelectorEventLoop"];
const FUTURES = ["_asyncio.Future", "asyncio.Future", "asyncio.Task", "concurrent.Future"];
const STACKS = ["_BaseExitStack", "ExitStack", "AsyncExitStack"];

/** The closed list of such functions by their dotted names; callbacks of other frameworks may well be awaited. */
export const CALLBACK_SINKS: ReadonlyMap<string, CallbackSink> = new Map([
  sink("builtins.filter", 0, null, "tested"),
  sink("itertools.takewhile", 0, null, "tested"),
  sink("itertools.dropwhile", 0, null, "tested"),
  sink("itertools.filterfalse", 0, null, "tested"),
  sink("builtins.sorted", -1, "key", "compared"),
  sink("builtins.min", -1, "key", "compared"),
  sink("builtins.max", -1, "key", "compared"),
  sink("builtins.list.sort", -1, "key", "compared"),
  sink("heapq.nlargest", 2, "key", "compared"),
  sink("heapq.nsmallest", 2, "key", "compared"),
  sink("heapq.merge", -1, "key", "compared"),
  sink("itertools.groupby", 1, "key", "compared"),
  sink("builtins.map", 0, null, "items"),
  sink("itertools.starmap", 0, null, "items"),
  sink("concurrent.Executor.map", 0, "fn", "items"),
  sink("concurrent.ThreadPoolExecutor.map", 0, "fn", "items"),
  sink("concurrent.ProcessPoolExecutor.map", 0, "fn", "items"),
  sink("functools.reduce", 0, null, "folded"),
  sink("itertools.accumulate", 1, "func", "folded"),
  sink("re.sub", 1, "repl", "text"),
  sink("re.subn", 1, "repl", "text"),
  sink("threading.Thread", 1, "target", "dropped"),
  sink("threading.Timer", 1, "function", "dropped"),
  sink("concurrent.Executor.submit", 0, "fn", "result"),
  sink("concurrent.ThreadPoolExecutor.submit", 0, "fn", "result"),
  sink("concurrent.ProcessPoolExecutor.submit", 0, "fn", "result"),
  sink("asyncio.to_thread", 0, "func", "result"),
  sink("anyio.to_thread.run_sync", 0, "func", "result"),
  sink("trio.to_thread.run_sync", 0, "sync_fn", "result"),
  ...LOOPS.flatMap((name) => [
    sink(`asyncio.${name}.run_in_executor`, 1, "func", "result"),
    sink(`asyncio.${name}.call_soon`, 0, "callback", "dropped"),
    sink(`asyncio.${name}.call_soon_threadsafe`, 0, "callback", "dropped"),
    sink(`asyncio.${name}.call_later`, 1, "callback", "dropped"),
    sink(`asyncio.${name}.call_at`, 1, "callback", "dropped"),
    sink(`asyncio.${name}.add_signal_handler`, 1, "callback", "dropped"),
    sink(`asyncio.${name}.add_reader`, 1, "callback", "dropped"),
    sink(`asyncio.${name}.add_writer`, 1, "callback", "dropped"),
  ]),
  ...FUTURES.map((name) => sink(`${name}.add_done_callback`, 0, "fn", "dropped")),
  sink("atexit.register", 0, null, "dropped"),
  sink("signal.signal", 1, "handler", "dropped"),
  sink("weakref.finalize", 1, null, "dropped"),
  ...STACKS.map((name) => sink(`contextlib.${name}.callback`, 0, null, "dropped")),
  sink("unittest.TestCase.addCleanup", 0, "function", "dropped"),
  sink("collections.defaultdict", 0, null, "default"),
  sink("builtins.iter", 0, null, "items"),
]);

function sink(
  name: string,
  position: number,
  keyword: string | null,
  fate: Fate,
): readonly [string, CallbackSink] {
  return [name, { position, keyword, fate }];
}
