import { afterEach, expect, test } from "vitest";
import { AnalysisFailed, type AnalysisThread, startAnalysisThread } from "../../src/app/analysis-thread.ts";
import { createSettings } from "../../src/configuration/create-settings.ts";

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

test("the thread is told what the settings want of the analysis", async () => {
  thread = startAnalysisThread();
  const { rules, blockingCalls } = createSettings({ "blocking-calls": ["legacy.wait"] });
  const text = "import legacy\n\n\nasync def f():\n    legacy.wait()\n";
  const { reports } = await thread.check({ ...request(text), options: { rules, blockingCalls } });
  expect(reports[0]?.diagnostics.map(({ code }) => code)).toEqual(["YS304"]);
  const { reports: others } = await thread.check({ ...request(DEFECT), options: { rules: [] } });
  expect(others[0]?.diagnostics).toEqual([]);
});

test("a breach of the deadline fails that request; the next one gets a new thread", async () => {
  thread = startAnalysisThread(1);
  await expect(thread.check(request("x = 1\n".repeat(100_000)))).rejects.toThrow(AnalysisFailed);
  await thread.stop();
  thread = startAnalysisThread();
  expect((await thread.check(request(DEFECT))).reports).toHaveLength(1);
});
