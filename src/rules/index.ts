import { asyncForOverCoroutine } from "./async-for-over-coroutine.ts";
import { asyncGeneratorAsContextManager } from "./async-generator-as-context-manager.ts";
import { asyncWithOverCoroutine } from "./async-with-over-coroutine.ts";
import { asyncWithOverSyncContextManager } from "./async-with-over-sync-context-manager.ts";
import { awaitAsyncContextManager } from "./await-async-context-manager.ts";
import { awaitAsyncGenerator } from "./await-async-generator.ts";
import { awaitNonAwaitable } from "./await-non-awaitable.ts";
import { awaitOutsideAsync } from "./await-outside-async.ts";
import { blockingCallChain } from "./blocking-call-chain.ts";
import { blockingDatabaseCall } from "./blocking-database-call.ts";
import { blockingHttpCall } from "./blocking-http-call.ts";
import { blockingIo } from "./blocking-io.ts";
import { blockingSleep } from "./blocking-sleep.ts";
import { blockingSubprocess } from "./blocking-subprocess.ts";
import { blockingThreadWait } from "./blocking-thread-wait.ts";
import { forOverAsyncGenerator } from "./for-over-async-generator.ts";
import { forOverAwaitedAsyncGenerator } from "./for-over-awaited-async-generator.ts";
import { forOverCoroutine } from "./for-over-coroutine.ts";
import { invalidAsyncGenerator } from "./invalid-async-generator.ts";
import { missingAwait } from "./missing-await.ts";
import type { Rule } from "./rule.ts";
import { withOverAsyncContextManager } from "./with-over-async-context-manager.ts";
import { wrongContextManagerDecorator } from "./wrong-context-manager-decorator.ts";

/** Every rule, in the order of their codes. */
export const RULES: readonly Rule[] = [
  awaitAsyncGenerator,
  forOverAwaitedAsyncGenerator,
  asyncForOverCoroutine,
  forOverAsyncGenerator,
  forOverCoroutine,
  missingAwait,
  withOverAsyncContextManager,
  asyncWithOverSyncContextManager,
  asyncWithOverCoroutine,
  awaitAsyncContextManager,
  asyncGeneratorAsContextManager,
  wrongContextManagerDecorator,
  awaitOutsideAsync,
  awaitNonAwaitable,
  invalidAsyncGenerator,
  blockingSleep,
  blockingHttpCall,
  blockingSubprocess,
  blockingIo,
  blockingDatabaseCall,
  blockingThreadWait,
  blockingCallChain,
];
