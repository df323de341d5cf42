import { asyncContextManagerYieldCount } from "./async-context-manager-yield-count.ts";
import { asyncForOverCoroutine } from "./async-for-over-coroutine.ts";
import { asyncFunctionAsSyncCallback } from "./async-function-as-sync-callback.ts";
import { asyncGeneratorAsContextManager } from "./async-generator-as-context-manager.ts";
import { asyncSignatureMismatch } from "./async-signature-mismatch.ts";
import { asyncSpecialMethod } from "./async-special-method.ts";
import { asyncTestNeverRuns } from "./async-test-never-runs.ts";
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
import { cancellationSwallowed } from "./cancellation-swallowed.ts";
import { coroutineEscapesScope } from "./coroutine-escapes-scope.ts";
import { coroutineInBooleanContext } from "./coroutine-in-boolean-context.ts";
import { coroutineReuse } from "./coroutine-reuse.ts";
import { coroutineUsedAsValue } from "./coroutine-used-as-value.ts";
import { danglingTask } from "./dangling-task.ts";
import { discardedAsyncGenerator } from "./discarded-async-generator.ts";
import { eventLoopMisuse } from "./event-loop-misuse.ts";
import { forOverAsyncGenerator } from "./for-over-async-generator.ts";
import { forOverAwaitedAsyncGenerator } from "./for-over-awaited-async-generator.ts";
import { forOverCoroutine } from "./for-over-coroutine.ts";
import { invalidAsyncGenerator } from "./invalid-async-generator.ts";
import { missingAwait } from "./missing-await.ts";
import type { Rule } from "./rule.ts";
import { taskResultBeforeDone } from "./task-result-before-done.ts";
import { timeoutWithoutAwait } from "./timeout-without-await.ts";
import { unawaitedFuture } from "./unawaited-future.ts";
import { uncalledAsyncFunction } from "./uncalled-async-function.ts";
import { unclosedAsyncGenerator } from "./unclosed-async-generator.ts";
import { unprotectedYield } from "./unprotected-yield.ts";
import { unusedAsync } from "./unused-async.ts";
import { withOverAsyncContextManager } from "./with-over-async-context-manager.ts";
import { wrongContextManagerDecorator } from "./wrong-context-manager-decorator.ts";
import { wrongTaskArgument } from "./wrong-task-argument.ts";
import { yieldInTaskGroup } from "./yield-in-task-group.ts";

/** Every rule, in the order of their codes. */
export const RULES: readonly Rule[] = [
  awaitAsyncGenerator,
  forOverAwaitedAsyncGenerator,
  asyncForOverCoroutine,
  forOverAsyncGenerator,
  forOverCoroutine,
  missingAwait,
  coroutineUsedAsValue,
  coroutineInBooleanContext,
  withOverAsyncContextManager,
  asyncWithOverSyncContextManager,
  asyncWithOverCoroutine,
  awaitAsyncContextManager,
  asyncGeneratorAsContextManager,
  wrongContextManagerDecorator,
  awaitOutsideAsync,
  awaitNonAwaitable,
  uncalledAsyncFunction,
  discardedAsyncGenerator,
  invalidAsyncGenerator,
  asyncSignatureMismatch,
  asyncSpecialMethod,
  coroutineReuse,
  asyncFunctionAsSyncCallback,
  asyncTestNeverRuns,
  danglingTask,
  unawaitedFuture,
  eventLoopMisuse,
  wrongTaskArgument,
  taskResultBeforeDone,
  coroutineEscapesScope,
  blockingSleep,
  blockingHttpCall,
  blockingSubprocess,
  blockingIo,
  blockingDatabaseCall,
  blockingThreadWait,
  blockingCallChain,
  cancellationSwallowed,
  timeoutWithoutAwait,
  unprotectedYield,
  yieldInTaskGroup,
  unclosedAsyncGenerator,
  asyncContextManagerYieldCount,
  unusedAsync,
];
