import { spawnSync } from "node:child_process";

/** What a command took as a whole process with all its threads and children. */
export interface Measurement {
  /** Seconds. */
  readonly wall: number;
  /** User and system seconds; null where there is no python3 to ask the kernel. */
  readonly cpu: number | null;
  /** Peak of resident memory in megabytes; null as above. */
  readonly megabytes: number | null;
  /** Last line of its output. */
  readonly output: string;
  /** Why it has no result: it ran out of time or memory. Null when it ended by itself. */
  readonly failure: string | null;
}

// Node does not say what a child used; wait4 does.
const WRAPPER = `
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(child.pid, 0)
sys.stderr.write("\\n%f %d" % (usage.ru_utime + usage.ru_stime, usage.ru_maxrss))
os._exit(min(255, abs(os.waitstatus_to_exitcode(status))))
`;
const hasPython = spawnSync("python3", ["-c", "import os; os.wait4"]).status === 0;

/** Runs a command to its end, or until the time limit (in seconds). */
export function measureCommand(command: string, parameters: readonly string[], timeLimit = 600): Measurement {
  const limited = ["-k", "5", String(timeLimit), command, ...parameters];
  const [program, given] = hasPython
    ? ["python3", ["-c", WRAPPER, "timeout", ...limited]]
    : ["timeout", limited];
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(program, given, {
    encoding: "utf8",
    maxBuffer: 1024 * 1024 * 1024,
  });
  const wall = (performance.now() - started) / 1000;
  const usage = hasPython ? /([\d.]+) (\d+)$/.exec(stderr) : null;
  return {
    wall,
    cpu: usage === null ? null : Number(usage[1]),
    megabytes: usage === null ? null : Number(usage[2]) / 1024,
    output: stdout.trim().split("\n").at(-1) ?? "",
    failure: failureOf(status, stderr, timeLimit),
  };
}

function failureOf(status: number | null, stderr: string, timeLimit: number): string | null {
  if (status === 124 || status === 137) return `not done after ${timeLimit} s`;
  if (/heap out of memory|Reached heap limit/.test(stderr)) return "out of memory";
  // All of them end with 1 when they found something.
  return status === 0 || status === 1 ? null : `ended with ${status}`;
}
