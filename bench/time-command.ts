import { spawnSync } from "node:child_process";

/** Wall times of a command as whole processes, in milliseconds, and the last line of its output. */
export function timeCommand(
  command: string,
  parameters: readonly string[],
  runs: number,
): { times: number[]; output: string } {
  const times: number[] = [];
  let output = "";
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    const { stdout } = spawnSync(command, parameters, { encoding: "utf8", maxBuffer: 1024 * 1024 * 1024 });
    times.push(performance.now() - started);
    output = stdout.trim().split("\n").at(-1) ?? "";
  }
  return { times, output };
}

export function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
