import { mapClasses } from "./classes.ts";
import type { ClassItem, Stub } from "./stub.ts";

/** Corrects what is regular in a package and too much to write by hand. */
export function adjust(stubs: readonly Stub[]): void {
  for (const stub of stubs) {
    const top = stub.module.split(".")[0];
    if (top === "redis") mapClasses(stub.items, (item) => adjustRedis(stub.module, item));
    if (top === "motor") {
      mapClasses(stub.items, adjustMotor);
      stub.imports = stub.imports.filter(({ bound }) => bound !== "Future");
      stub.imports.push({
        kind: "from",
        module: "asyncio",
        name: "Future",
        bound: "Future",
        isAliased: false,
      });
    }
  }
}

/**
 * The commands return what `execute_command` does: a coroutine in asynchronous clients, the answer in others, the
 * pipeline in pipelines. The stubs say "awaitable" for all of them, so only asynchronous clients inherit them.
 */
function adjustRedis(module: string, item: ClassItem): void {
  if (module.startsWith("redis.commands.")) {
    for (const one of item.body) {
      const result = one.kind === "function" ? /^Awaitable\[(.*)\]$/.exec(one.returns ?? "")?.[1] : undefined;
      if (one.kind !== "function" || result === undefined) continue;
      one.isAsync = true;
      one.returns = result === "Any" ? null : result;
    }
  }
  const isClient = module.startsWith("redis.asyncio.") && !/Pipeline$/.test(item.name);
  if (isClient || /(Commands|Protocol)$/.test(item.name)) return;
  item.bases = item.bases.filter((base) => !/(Commands|Pipeline|\bRedis)$/.test(base));
}

// What is written as `async def` in Motor; all other operations start in a thread and give a future.
const MOTOR_COROUTINES =
  /^(__a\w+__|with_transaction|cursor_command|next|try_next|close|get_keys|create_encrypted_collection|stream_to_handler)$/;

function adjustMotor(item: ClassItem): void {
  for (const one of item.body) {
    if (one.kind !== "function" || !one.isAsync || MOTOR_COROUTINES.test(one.name)) continue;
    one.isAsync = false;
    one.returns = `Future[${one.returns ?? "Any"}]`;
  }
}
