import { isLibrary, libraryModule } from "../project/project.ts";
import type { Use } from "../python/facts.ts";
import type { FileView } from "./rule.ts";

/** A command of a `redis.asyncio` client: type checkers take it for a plain value or an awaitable of one. */
export function isRedisCommand(file: FileView, { use }: { readonly use: Use }): boolean {
  if (use.expression.kind !== "call") return false;
  const callee = file.certainValue(use.expression.callee, use);
  if (callee.kind !== "function" || !isLibrary(callee.reference.file)) return false;
  return libraryModule(callee.reference.file).startsWith("redis.commands");
}
