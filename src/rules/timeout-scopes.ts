import { childByField, namedChildren, nodeAt, type SyntaxNode } from "../python/syntax-node.ts";
import { callsTo, type NamedCall } from "./calls-to.ts";
import type { FileView } from "./rule.ts";

const IN_BOTH = ["move_on_after", "move_on_at", "fail_after", "fail_at", "CancelScope"].flatMap((name) => [
  `trio.${name}`,
  `anyio.${name}`,
]);

/** Scopes that cancel what runs in them after a time, or when they are told to. */
export const TIMEOUT_SCOPES: ReadonlySet<string> = new Set([
  "asyncio.timeout",
  "asyncio.timeout_at",
  "async_timeout.timeout",
  "async_timeout.timeout_at",
  ...IN_BOTH,
]);

/** Groups of tasks that are awaited, and cancelled, where they are left. */
export const TASK_GROUPS: ReadonlySet<string> = new Set([
  "asyncio.TaskGroup",
  "trio.open_nursery",
  "anyio.create_task_group",
]);

/** A call that a `with` statement enters. */
export interface EnteredCall extends NamedCall {
  readonly statement: SyntaxNode;
  readonly body: SyntaxNode;
  /** What `as` binds, if anything. */
  readonly target: SyntaxNode | null;
  /** The statement enters something else after it. */
  readonly hasLaterItems: boolean;
}

/** The calls of these names that a `with` or `async with` statement enters. */
export function* enteredCalls(file: FileView, names: ReadonlySet<string>): Generator<EnteredCall> {
  for (const named of callsTo(file, names)) {
    if (named.call.position !== "entered") continue;
    let item: SyntaxNode | null = nodeAt(file.tree.root, named.call, "call");
    let target: SyntaxNode | null = null;
    while (item !== null && item.type !== "with_item") {
      item = item.parent;
      if (item?.type === "as_pattern") target = childByField(item, "alias");
    }
    const clause = item?.parent ?? null;
    const statement = clause?.parent ?? null;
    const body = statement === null ? null : childByField(statement, "body");
    if (item === null || clause === null || statement?.type !== "with_statement" || body === null) continue;
    yield { ...named, statement, body, target, hasLaterItems: namedChildren(clause).at(-1) !== item };
  }
}
