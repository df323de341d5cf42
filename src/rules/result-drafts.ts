import { awaitResultRepair } from "./await-result-repair.ts";
import { reasonOf } from "./describe-need.ts";
import { type ResultUse, resultUses } from "./result-uses.ts";
import type { Draft, FileView } from "./rule.ts";

/** What a rule says of a coroutine whose result is needed. */
interface Words {
  readonly problem: (file: FileView, found: ResultUse) => string;
  readonly remedy: (found: ResultUse) => string;
}

/** Findings about coroutines whose truth is asked for, or whose result is needed in any other way. */
export function* resultDrafts(file: FileView, need: "truth" | "value", words: Words): Generator<Draft> {
  for (const found of resultUses(file)) {
    const isTruth = found.use.form === "condition" || found.sink?.effect === "truth";
    if (isTruth !== (need === "truth")) continue;
    const { call, value } = found;
    yield {
      span: { start: call.start, end: call.end },
      message: {
        problem: words.problem(file, found),
        reason: reasonOf(found),
        remedy: words.remedy(found),
      },
      chain: value.hops,
      repair: awaitResultRepair(file, found),
    };
  }
}
