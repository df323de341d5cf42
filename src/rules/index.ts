import { asyncContextManagerYieldCount } from "./async-context-manager-yield-count.ts";
import { asyncForOverCoroutine } from "./async-for-over-coroutine.ts";
import { asyncGeneratorAsContextManager } from "./async-generator-as-context-manager.ts";
import { asyncWithOverCoroutine } from "./async-with-over-coroutine.ts";
import { asyncWithOverSyncContextManager } from "./async-with-over-sync-context-manager.ts";
import { awaitAsyncContextManager } from "./await-async-context-manager.ts";
import { awaitAsyncGenerator } from "./await-async-generator.ts";
import { awaitNonAwaitable } from "./await-non-awaitable.ts";
import { awaitOutsideAsync } from "./await-outside-async.ts";
import { cancellationSwallowed } from "./cancellation-swallowed.ts";
import { forOverAsyncGenerator } from "./for-over-async-generator.ts";
import { forOverAwaitedAsyncGenerator } from "./for-over-awaited-async-generator.ts";
import { forOverCoroutine } from "./for-over-coroutine.ts";
import { invalidAsyncGenerator } from "./invalid-async-generator.ts";
import { missingAwait } from "./missing-await.ts";
import type { Rule } from "./rule.ts";
import { timeoutWithoutAwait } from "./timeout-without-await.ts";
import { unclosedAsyncGenerator } from "./unclosed-async-generator.ts";
import { unprotectedYield } from "./unprotected-yield.ts";
import { unusedAsync } from "./unused-async.ts";
import { withOverAsyncContextManager } from "./with-over-async-context-manager.ts";
import { wrongContextManagerDecorator } from "./wrong-context-manager-decorator.ts";
import { yieldInTaskGroup } from "./yield-in-task-group.ts";

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
  cancellationSwallowed,
  timeoutWithoutAwait,
  unprotectedYield,
  yieldInTaskGroup,
  unclosedAsyncGenerator,
  asyncContextManagerYieldCount,
  unusedAsync,
];
