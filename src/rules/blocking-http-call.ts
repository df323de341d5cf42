import { asyncClientRepair } from "./async-client-repair.ts";
import { blockingMessage } from "./blocking-message.ts";
import { blockingDraft, blockingSites } from "./blocking-sites.ts";
import { grpcStubCalls } from "./grpc-stub-calls.ts";
import type { Rule } from "./rule.ts";
import { quote } from "./sites.ts";

/** Synchronous clients of HTTP and other network protocols in a coroutine. */
export const blockingHttpCall: Rule = {
  name: "blocking-http-call",
  code: "YS302",
  severity: "warning",
  isOnByDefault: true,
  summary: "A coroutine waits for a network request with a synchronous client.",
  family: "other",
  *check(file) {
    for (const site of blockingSites(file, "http")) {
      const message = blockingMessage(file, site, "The thread waits for the network.");
      yield blockingDraft(site, message, asyncClientRepair(file, site));
    }
    for (const { call, hops, severity } of grpcStubCalls(file)) {
      yield {
        span: call,
        message: {
          problem: `${quote(file, call)} blocks the event loop.`,
          reason:
            "The stub was made with a synchronous channel: the thread waits for the answer, and no other task of the loop runs until then.",
          remedy:
            "Make the channel with `grpc.aio.insecure_channel` (or `grpc.aio.secure_channel`) and await the call.",
        },
        chain: hops,
        repair: null,
        severity,
      };
    }
  },
};
