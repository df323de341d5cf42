import { afterEach, expect, test } from "vitest";
import { AnalysisFailed, type AnalysisThread, startAnalysisThread } from "../../src/app/analysis-thread.ts";

let thread: AnalysisThread;
afterEach(() => thread.stop());

function request(text: string) {
  const files = new Map([["a.py", { id: text, bytes: Buffer.from(text) }]]);
  return { paths: ["a.py"], files, check: ["a.py"] };
}

const DEFECT = "async def f():\n    pass\n\n\nasync def g():\n    f()\n";

test("the thread answers what the analysis finds", async () => {
  thread = startAnalysisThread();
  const { reports, missing } = await thread.check(request(DEFECT));
  expect(reports[0]?.diagnostics.map(({ code }) => code)).toEqual(["YS106"]);
  expect(missing).toEqual([]);
});

test("a breach of the deadline fails that request; the next one gets a new thread", async () => {
  thread = startAnalysisThread(1);
  await expect(thread.check(request("x = 1\n".repeat(100_000)))).rejects.toThrow(AnalysisFailed);
  await thread.stop();
  thread = startAnalysisThread();
  expect((await thread.check(request(DEFECT))).reports).toHaveLength(1);
});
