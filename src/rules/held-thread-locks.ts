import { classOf, isLibrary } from "../project/project.ts";
import { ownNodes } from "../python/own-scope.ts";
import { childByField, hasToken, nodeCovering, type SyntaxNode } from "../python/syntax-node.ts";
import { isGreen } from "./blocking-sites.ts";
import { isTestFile } from "./is-test-file.ts";
import type { Draft, FileView, UseSite } from "./rule.ts";
import { quote, sitesOf } from "./sites.ts";

const LOCKS = /^(Lock|LockType|lock|RLock|_RLock|Semaphore|BoundedSemaphore|Condition)$/;
const EXECUTORS = /^(ThreadPoolExecutor|ProcessPoolExecutor|Executor)$/;

/**
 * `with lock:` in a coroutine where the lock is one of threads: an error where the body awaits, for then another task
 * may wait for the lock in the thread that has to release it. And `with ThreadPoolExecutor():`, which joins its
 * threads when it is left.
 */
export function* heldThreadLocks(file: FileView): Generator<Draft> {
  if (isGreen(file)) return;
  const { facts } = file.unit;
  for (const site of sitesOf(file, "enter")) {
    const { isAsync, form, outer } = site.consumption;
    const scope = facts.scopes[site.use.owner];
    const owner = scope?.kind === "function" ? facts.functions[scope.subject] : undefined;
    if (isAsync || form !== "with" || owner?.isAsync !== true) continue;
    const name = threadClass(file, site);
    if (name === null) continue;
    const statement = withStatement(nodeCovering(file.tree.root, outer));
    const body = statement === null ? null : childByField(statement, "body");
    if (body === null) continue;
    const isAwaiting = awaits(body);
    // What is awaited in the block has probably waited for the threads.
    if (EXECUTORS.test(name) && isAwaiting) continue;
    const draft = LOCKS.test(name) ? lockDraft(file, site, isAwaiting) : executorDraft(file, site);
    yield isTestFile(file.path) ? { ...draft, severity: "info" } : draft;
  }
}

/** The name of the class in `threading` or `concurrent.futures` that is entered, or null. */
function threadClass({ project }: FileView, { value }: UseSite): string | null {
  if (value.kind !== "instance" || !isLibrary(value.reference.file)) return null;
  const name = classOf(project, value.reference)?.name ?? "";
  const { file } = value.reference;
  if (/^facts:(threading|_thread)\.pyi$/.test(file)) return LOCKS.test(name) ? name : null;
  return file.startsWith("facts:concurrent/futures/") && EXECUTORS.test(name) ? name : null;
}

function lockDraft(file: FileView, { start, end, value }: UseSite, isHeldAcrossAwait: boolean): Draft {
  const held = quote(file, { start, end });
  return {
    span: { start, end },
    message: isHeldAcrossAwait
      ? {
          problem: `${held} is a lock of threads and is held while the coroutine awaits.`,
          reason:
            "Another task that wants the lock meanwhile stops the thread, and with it the task that has to release it: the program hangs.",
          remedy: "Use `asyncio.Lock` with `async with`, or release the lock before the `await`.",
        }
      : {
          problem: `Waiting for ${held}, a lock of threads, blocks the event loop.`,
          reason: "While another thread holds the lock, no task of the loop runs.",
          remedy:
            "Use `asyncio.Lock` with `async with` where only coroutines need the lock; otherwise hold it briefly everywhere.",
        },
    chain: value.hops,
    repair: null,
    severity: isHeldAcrossAwait ? "error" : "info",
  };
}

function executorDraft(file: FileView, { start, end, value }: UseSite): Draft {
  return {
    span: { start, end },
    message: {
      problem: `Leaving the block of ${quote(file, { start, end })} blocks the event loop.`,
      reason:
        "The end of the block waits for all threads of the executor; no other task of the loop runs until then.",
      remedy: "Keep one executor for the whole program, or use `await asyncio.to_thread(…)`.",
    },
    chain: value.hops,
    repair: null,
  };
}

function withStatement(node: SyntaxNode | null): SyntaxNode | null {
  let found = node;
  while (found !== null && found.type !== "with_statement") found = found.parent;
  return found;
}

/** Whether the body itself gives control to the loop. */
function awaits(body: SyntaxNode): boolean {
  for (const node of ownNodes(body)) {
    if (node.type === "await") return true;
    if (/^(for_statement|with_statement|for_in_clause)$/.test(node.type) && hasToken(node, "async"))
      return true;
  }
  return false;
}
