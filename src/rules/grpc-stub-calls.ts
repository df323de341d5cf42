import type { Hop } from "../project/hop.ts";
import type { Place } from "../project/project.ts";
import type { Expression } from "../python/expression.ts";
import type { CallSite } from "../python/facts.ts";
import { callsInCoroutines, severityIn } from "./blocking-sites.ts";
import { definitionOf } from "./definition-of.ts";
import type { Severity } from "./finding.ts";
import type { FileView } from "./rule.ts";

/** A call of a method of a stub whose channel is synchronous. */
interface StubCall {
  readonly call: CallSite;
  readonly hops: readonly Hop[];
  readonly severity: Severity;
}

const SYNCHRONOUS = /^grpc\.(in)?secure_channel(\(\))?$/;

/**
 * `stub.Method(request)` where `stub = pb2_grpc.ServiceStub(channel)` and the channel comes from
 * `grpc.insecure_channel`: the generated stub is the same for both kinds of channel.
 */
export function* grpcStubCalls(file: FileView): Generator<StubCall> {
  if (!/\bgrpc\b/.test(file.unit.text)) return;
  for (const { call, owner } of callsInCoroutines(file)) {
    const { callee } = call.expression;
    if (callee.kind !== "attribute" || !/^[A-Z]/.test(callee.name)) continue;
    const place: Place = { file: file.path, scope: call.scope, block: call.block, at: call.start };
    const stub = definitionOf(file, callee.object, place);
    if (stub === null || !isStub(stub.expression)) continue;
    const [channel] = stub.expression.arguments;
    if (channel === undefined || channel.splat) continue;
    const value = file.project.evaluate(channel.value, stub.place);
    if (value.kind !== "unknown" || !SYNCHRONOUS.test(value.name ?? "")) continue;
    const { line } = file.unit.locate(stub.expression);
    const hop: Hop = { path: file.path, line, text: "the stub is made here, with a synchronous channel" };
    yield { call, hops: [hop], severity: severityIn(file, call, owner) };
  }
}

function isStub(expression: Expression): expression is Expression & { kind: "call" } {
  if (expression.kind !== "call") return false;
  const { callee } = expression;
  return (callee.kind === "attribute" || callee.kind === "name") && callee.name.endsWith("Stub");
}
