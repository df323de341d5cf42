import { spawnSync } from "node:child_process";

const SCRIPT = `
import json, sys

def compiles(text):
    try:
        compile(text.encode(), "fixture", "exec", dont_inherit=True)
        return True
    except SyntaxError:
        return False

texts = json.load(sys.stdin)
json.dump([compiles(text) for text in texts], sys.stdout)
`;

/** Whether CPython reads each of these files; null where there is no Python on this machine. */
export function compile(texts: readonly string[]): readonly boolean[] | null {
  const { status, stdout } = spawnSync("python3", ["-W", "ignore", "-c", SCRIPT], {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? (JSON.parse(stdout) as boolean[]) : null;
}
