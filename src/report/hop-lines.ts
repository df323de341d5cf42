import type { Diagnostic } from "../fixes/fix.ts";
import { visible } from "./visible.ts";

/** An explanation for people, one line a hop; what is known of a library has no line of its own. */
export function hopLines(
  { displayPath }: { displayPath(path: string): string },
  chain: Diagnostic["chain"],
): string[] {
  return chain.map(({ path, line, text }) => {
    const where = line === 0 ? "" : `${visible(displayPath(path))}:${line}: `;
    return `${where}${visible(text)}`;
  });
}
